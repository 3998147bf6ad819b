import { join } from 'node:path';
import { AppError } from '../../../../shared/errors.ts';
import { enginesFolder } from '../../../platform/paths.ts';
import { checkFiles } from './check-files.ts';
import type { AddableId } from './manifest.ts';
import { type Registration, readRegistration } from './registration.ts';

export type Added = { kept: Registration; folder: string };

/** The added engine that serves `id`: a build for GPUs computes on the processor too. `why` says what is amiss. */
export function findAdded(id: AddableId, engines = enginesFolder()): { added: Added | null; why: string } {
  const candidates: AddableId[] = id === 'tensorflow' ? ['tensorflow', 'tensorflow-gpu'] : [id];
  for (const candidate of candidates) {
    const kept = readRegistration(engines, candidate);
    if (kept === 'damaged') return { added: null, why: `its registration is damaged: add it again` };
    if (kept !== null) return { added: { kept, folder: join(engines, kept.folder) }, why: '' };
  }
  return { added: null, why: 'not added here (wardbook engines add)' };
}

/** The added engine, its files checked; ENGINE_UNAVAILABLE or ENGINE_INVALID. */
export async function checkedEngine(id: AddableId): Promise<Added> {
  const { added, why } = findAdded(id);
  if (added === null) throw new AppError('ENGINE_UNAVAILABLE', `The engine ${id} is not available: ${why}.`);
  await checkFiles(added.folder, added.kept, false);
  return added;
}
