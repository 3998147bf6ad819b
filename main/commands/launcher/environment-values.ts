/** Variables whose values a command's output may show: they name the machine's own folders, sizes and languages. */
const harmless =
  /^(PATH|HOME|PWD|OLDPWD|SHELL|SHLVL|USER|USERNAME|LOGNAME|HOSTNAME|HOSTTYPE|OSTYPE|MACHTYPE|LANG|LANGUAGE|LC_\w+|TZ|TERM\w*|COLORTERM|TMPDIR|TEMP|TMP|EDITOR|PAGER|VISUAL|MAIL|DISPLAY|WAYLAND_DISPLAY|LS_COLORS|MANPATH|INFOPATH|LD_LIBRARY_PATH|XDG_\w+|DBUS_\w+|PYTHON\w*|PYENV_\w+|VIRTUAL_ENV\w*|CONDA_\w+|MAMBA_\w+|UV_\w+|PIP_\w+|R_\w+|CUDA_\w+|NVIDIA_\w+|NV_\w+|OMP_\w+|MKL_\w+|OPENBLAS_\w+|TF_\w+|XLA_\w+|TORCH_\w+|NCCL_\w+|SLURM_\w+|NODE\w*|npm_\w+|GO\w+|RUST\w+|CARGO_\w+|JAVA_HOME|SYSTEMROOT|WINDIR|APPDATA|LOCALAPPDATA|PROGRAM\w+|COMMONPROGRAM\w+|COMSPEC|USERPROFILE|HOMEPATH|HOMEDRIVE|PUBLIC|ALLUSERSPROFILE|OS|PATHEXT|PROCESSOR_\w+|NUMBER_OF_PROCESSORS|SSL_CERT_\w+|\w+_CA_BUNDLE|DEBIAN_FRONTEND|WARDBOOK_\w+|MLFLOW_TRACKING_URI|MLFLOW_RUN_ID|MLFLOW_EXPERIMENT_ID|_)$/i;

const secretName = /KEY|TOKEN|SECRET|PASS|PWD$|CREDENTIAL|AUTH|COOKIE|SESSION|PRIVATE|SALT|DSN|CONNECTION|WEBHOOK/i;

/** What stands in the place of each value: longest first, so that a value within another does not break it. */
export type MaskedValue = { value: string; shown: string };

/**
 * Values of the environment that must not be in a stored output. A variable named like a secret counts from four characters
 * on; any other, unless it is known to be harmless, from eight, and not when its value is a plain word or number that a
 * program may print by itself.
 */
export function maskedValues(env: NodeJS.ProcessEnv): MaskedValue[] {
  const found = new Map<string, string>();
  for (const [name, text] of Object.entries(env)) {
    if (text === undefined) continue;
    const secret = secretName.test(name) && !/^(PWD|OLDPWD|DBUS_SESSION\w*|XDG_SESSION\w*|SSH_AUTH_SOCK)$/.test(name);
    if (!secret && harmless.test(name)) continue;
    for (const line of text.split(/[\r\n]+/)) {
      const value = line.trim();
      if (value.length < (secret ? 4 : 8)) continue;
      if (!secret && /^([A-Za-z]+|[\d.,]+)$/.test(value)) continue;
      found.set(value, `[masked: ${name}]`);
    }
  }
  return [...found].map(([value, shown]) => ({ value, shown })).sort((a, b) => b.value.length - a.value.length);
}
