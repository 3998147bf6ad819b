import { join } from 'node:path';
import { AppError } from '../../../../shared/errors.ts';
import { enginesFolder } from '../../../platform/paths.ts';
import { faultIn } from './check-files.ts';
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

/** The same, with its files looked at: one whose bytes are no longer those that were added is never loaded. */
export async function findIntact(
  id: AddableId,
  engines = enginesFolder(),
): Promise<{ added: Added | null; why: string }> {
  const { added, why } = findAdded(id, engines);
  if (added === null) return { added, why };
  const fault = await faultIn(added.folder, added.kept, false);
  if (fault === null) return { added, why };
  return { added: null, why: `${fault}; add it again from its folder` };
}

/** The engine to load; ENGINE_UNAVAILABLE says why there is none. */
export async function intactEngine(id: AddableId): Promise<Added> {
  const { added, why } = await findIntact(id);
  if (added === null) throw new AppError('ENGINE_UNAVAILABLE', why);
  return added;
}
