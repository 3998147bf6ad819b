import { existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../../../../shared/errors.ts';
import { type AddableId, addableId } from './manifest.ts';
import { readRegistration, readSetAside, registrationFile, setAsideFile } from './registration.ts';

/**
 * Takes an added engine out of use and keeps its files, so that `restoreEngine` can give it back; `dropSetAside` deletes them.
 * ENGINE_NOT_FOUND when it was not added.
 */
export function setEngineAside(engines: string, name: string): AddableId {
  const id = addableId.safeParse(name);
  const kept = id.success ? readRegistration(engines, id.data) : null;
  if (!id.success || kept === null) {
    throw new AppError('ENGINE_NOT_FOUND', `The engine "${name}" was not added, so it cannot be removed.`);
  }
  dropOne(engines, id.data);
  renameSync(registrationFile(engines, id.data), setAsideFile(engines, id.data));
  return id.data;
}

/** Puts an engine that was set aside back into use. ENGINE_NOT_FOUND when its files are gone or another one has its place. */
export function restoreEngine(engines: string, id: AddableId): void {
  const from = setAsideFile(engines, id);
  if (!existsSync(from) || readRegistration(engines, id) !== null) {
    throw new AppError(
      'ENGINE_NOT_FOUND',
      `The engine "${id}" cannot be put back: its files are gone or it was added anew.`,
    );
  }
  renameSync(from, registrationFile(engines, id));
}

/** Deletes the files of every engine that was set aside. */
export function dropSetAside(engines: string): void {
  for (const id of addableId.options) dropOne(engines, id);
}

function dropOne(engines: string, id: AddableId): void {
  const kept = readSetAside(engines, id);
  if (kept === null) return;
  rmSync(setAsideFile(engines, id), { force: true });
  if (kept === 'damaged') return;
  const current = readRegistration(engines, id);
  if (current !== null && current !== 'damaged' && current.folder === kept.folder) return;
  rmSync(join(engines, kept.folder), { recursive: true, force: true });
}
