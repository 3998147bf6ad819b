/** Each is in the source of a released version, which docs/commands.md names. Trackers and libraries keep what they record on this machine, whether there is a network or not. */
const noTelemetry: Record<string, string> = {
  DO_NOT_TRACK: '1',
  MLFLOW_DISABLE_TELEMETRY: 'true',
  WANDB_MODE: 'offline',
  WANDB_ERROR_REPORTING: 'false',
  CLEARML_OFFLINE_MODE: '1',
  COMET_START_ONLINE: '0',
  COMET_ERROR_TRACKING_ENABLE: '0',
  NEPTUNE_MODE: 'offline',
  SWANLAB_MODE: 'offline',
  AIM_UI_TELEMETRY_ENABLED: '0',
  DVC_NO_ANALYTICS: '1',
  DVC_STUDIO_OFFLINE: '1',
  HF_HUB_DISABLE_TELEMETRY: '1',
  HF_HUB_DISABLE_UPDATE_CHECK: '1',
  DISABLE_TELEMETRY: '1',
  RAY_USAGE_STATS_ENABLED: '0',
  GRADIO_ANALYTICS_ENABLED: 'False',
  STREAMLIT_BROWSER_GATHER_USAGE_STATS: 'false',
  ANONYMIZED_TELEMETRY: 'False',
  NO_ALBUMENTATIONS_UPDATE: '1',
  DISABLE_DEEPCHECKS_ANONYMOUS_TELEMETRY: 'True',
  YOLO_OFFLINE: 'true',
};

/** Libraries that would look for models and data elsewhere use what they have, at once instead of after many attempts. */
const noDownloads: Record<string, string> = {
  HF_HUB_OFFLINE: '1',
  HF_DATASETS_OFFLINE: '1',
  TRANSFORMERS_OFFLINE: '1',
  PIP_NO_INDEX: '1',
  UV_OFFLINE: '1',
};

/** `env` without what is set already to something stricter. */
export function offlineVariables(networkAllowed: boolean, env: NodeJS.ProcessEnv): Record<string, string> {
  const all = networkAllowed ? noTelemetry : { ...noTelemetry, ...noDownloads };
  return Object.fromEntries(Object.entries(all).filter(([name]) => !/^(disabled|debug)$/.test(env[name] ?? '')));
}
