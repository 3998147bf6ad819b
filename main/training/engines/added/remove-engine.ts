import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../../../../shared/errors.ts';
import { type AddableId, addableId } from './manifest.ts';
import { forgetRegistration, readRegistration } from './registration.ts';

/** Forgets an added engine and deletes its files. ENGINE_NOT_FOUND when it was not added, or can never be. */
export function removeEngine(engines: string, name: string): AddableId {
  const id = addableId.safeParse(name);
  const kept = id.success ? readRegistration(engines, id.data) : null;
  if (!id.success || kept === null) {
    throw new AppError('ENGINE_NOT_FOUND', `The engine "${name}" was not added, so it cannot be removed.`);
  }
  forgetRegistration(engines, id.data);
  if (kept !== 'damaged') rmSync(join(engines, kept.folder), { recursive: true, force: true });
  return id.data;
}
