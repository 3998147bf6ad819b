import { exportPackage } from '../../../shared/model/export-dictionary.ts';
import type { ReleasedEnvironment, ReleasedHardware } from '../../../shared/model/exportable-run.ts';
import type { Environment } from '../../../shared/model/run.ts';
import { deviceName } from './device-name.ts';
import type { Notes } from './notes.ts';

const systems = [
  { name: 'Windows', pattern: /windows|win32/i },
  { name: 'macOS', pattern: /mac ?os|darwin/i },
  { name: 'Linux', pattern: /linux|debian|ubuntu|fedora|red hat|suse/i },
] as const;

/** System family with its major version, Node and allow-listed packages; host names, paths and other packages stay. */
export function gateEnvironment(environment: Environment | null, notes: Notes): ReleasedEnvironment {
  if (environment === null) return { os: null, osMajor: null, node: null, packages: [] };
  const system = systems.find(({ pattern }) => pattern.test(environment.os));
  const major = /(?:^|[^\d.])(\d{1,3})(?=[.\s]|$)/.exec(environment.os);
  const names = Object.keys(environment.packages).sort();
  const packages = names.flatMap((name) => {
    const known = exportPackage.safeParse(name);
    const version = versionText(environment.packages[name]!);
    return known.success && version !== null ? [{ name: known.data, version }] : [];
  });
  notes.released('environment', 2 + packages.length);
  notes.refused('X1', 'packages that are not on the list of public names', names.length - packages.length);
  return {
    os: system?.name ?? null,
    osMajor: system === undefined || major === null || Number(major[1]) === 0 ? null : Number(major[1]),
    node: versionText(environment.node),
    packages,
  };
}

/** Processor, graphics card and driver by name; memory in whole GiB. */
export function gateHardware(environment: Environment | null, notes: Notes): ReleasedHardware {
  if (environment === null) return { cpu: null, cores: null, memoryGiB: null, gpu: null, driver: null };
  const cores = environment.cores >= 1 && environment.cores <= 4096 ? environment.cores : null;
  const memory = Math.round(environment.memoryMiB / 1024);
  notes.released('hardware', 3);
  return {
    cpu: deviceName(environment.cpu),
    cores,
    memoryGiB: memory >= 1 && memory <= 65_536 ? memory : null,
    gpu: deviceName(environment.gpu),
    driver: environment.driver === null ? null : versionText(environment.driver),
  };
}

/** A dotted version number, or null: no build tags, no words. */
export function versionText(version: string): string | null {
  const match = /^v?(\d{1,4}(?:\.\d{1,4}){0,3})$/.exec(version);
  return match === null ? null : match[1]!;
}
