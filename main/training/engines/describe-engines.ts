import type { EngineStatus } from '../../../shared/model/train-spec.ts';
import { faultIn } from './added/check-files.ts';
import { findAdded } from './added/find-added.ts';
import { addableId } from './added/manifest.ts';
import { listEngines } from './list-engines.ts';

export type DescribedEngine = EngineStatus & {
  /** Of an engine that was added; null for those that are part of the app or are not there. */
  added: {
    folder: string;
    addedAt: string;
    tensorflow: string;
    addon: string;
    mib: number;
    kernels: number;
    /** Whether every byte is as it was when it was added; null unless asked for. */
    verified: boolean | null;
  } | null;
};

/** Every engine as `listEngines`, with what is kept of those that were added; `everyByte` hashes all their files. */
export async function describeEngines(everyByte: boolean): Promise<DescribedEngine[]> {
  const statuses = await listEngines();
  return Promise.all(
    statuses.map(async (status) => {
      const id = addableId.safeParse(status.id);
      const found = id.success ? findAdded(id.data).added : null;
      // An engine that serves a second id is described once, under its own.
      if (found === null || found.kept.id !== status.id) return { ...status, added: null };
      const { kept, folder } = found;
      const { tensorflow, addon } = kept.manifest.versions;
      const bytes = kept.manifest.files.reduce((sum, file) => sum + file.bytes, 0);
      const fault = everyByte ? await faultIn(folder, kept, true) : null;
      return {
        ...status,
        ...(fault === null ? {} : { available: false, reason: fault }),
        added: {
          folder,
          addedAt: kept.addedAt,
          tensorflow,
          addon,
          mib: Math.round(bytes / 2 ** 20),
          kernels: kept.kernels,
          verified: everyByte ? fault === null : null,
        },
      };
    }),
  );
}
