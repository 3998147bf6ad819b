import { readFileSync } from 'node:fs';
import { cpus, release, totalmem, type } from 'node:os';
import type { Environment } from '../../shared/model/run.ts';
import { appCommit, appDirty, appVersion, packageVersions } from './version.ts';

/** Packages whose version can change a number. */
const recorded = [
  '@tensorflow/tfjs-core',
  '@tensorflow/tfjs-backend-cpu',
  '@tensorflow/tfjs-backend-webgpu',
  'webgpu',
  'ml-matrix',
  'better-sqlite3',
];

/**
 * What a run was computed with; `gpu` and `driver` are those it used, null on the cpu, `libraries` the versions of native
 * libraries that were added to the app. Names no person, host or path.
 */
export function captureEnvironment(
  gpu: string | null,
  driver: string | null,
  libraries: Record<string, string> = {},
): Environment {
  const cores = cpus();
  const versions = packageVersions();
  return {
    appVersion,
    commit: appCommit,
    dirty: appDirty,
    node: process.versions.node,
    os: systemName(),
    cpu: cores[0]?.model.trim() ?? 'unknown',
    cores: cores.length,
    memoryMiB: Math.round(totalmem() / 2 ** 20),
    gpu,
    driver,
    packages: {
      ...Object.fromEntries(recorded.flatMap((name) => (versions[name] === undefined ? [] : [[name, versions[name]]]))),
      ...libraries,
    },
  };
}

/** `Debian GNU/Linux 12 (bookworm), Linux 6.1.0`: the distribution where there is one, then kernel and release. */
function systemName(): string {
  const kernel = `${type()} ${release()}`;
  try {
    const name = /^PRETTY_NAME="?([^"\n]+)/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1];
    return name === undefined ? kernel : `${name}, ${kernel}`;
  } catch {
    return kernel;
  }
}
