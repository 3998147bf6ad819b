import { AppError } from '../../../../shared/errors.ts';
import type { EngineManifest } from './manifest.ts';

export type Machine = EngineManifest['machine'];

export function thisMachine(): Machine {
  const report = process.report.getReport() as { header: { glibcVersionRuntime?: string } };
  return { platform: process.platform, arch: process.arch, glibc: report.header.glibcVersionRuntime ?? null };
}

/** ENGINE_INVALID unless an engine built for `needs` can be loaded on `has`. */
export function refuseForeign({ machine: needs }: EngineManifest, has: Machine = thisMachine()): void {
  if (needs.platform !== has.platform || needs.arch !== has.arch) {
    throw new AppError(
      'ENGINE_INVALID',
      `This engine was built for ${needs.platform} on ${needs.arch}; this machine is ${has.platform} on ${has.arch}.`,
      'Have it built on a machine like this one.',
    );
  }
  if (needs.glibc !== null && (has.glibc === null || isOlder(has.glibc, needs.glibc))) {
    throw new AppError(
      'ENGINE_INVALID',
      `This engine needs glibc ${needs.glibc} or newer; this machine has ${has.glibc === null ? 'another C library' : has.glibc}.`,
      'Have it built on a machine with an older system.',
    );
  }
}

function isOlder(has: string, needs: string): boolean {
  const [major = 0, minor = 0] = has.split('.').map(Number);
  const [needsMajor = 0, needsMinor = 0] = needs.split('.').map(Number);
  return major < needsMajor || (major === needsMajor && minor < needsMinor);
}
