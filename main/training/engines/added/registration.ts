import { closeSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { type AddableId, addableId, engineManifest } from './manifest.ts';

/** What is kept of an added engine, in `<engines>/<id>.json`; its files lie in `<engines>/<folder>`. */
export const registration = z.strictObject({
  format: z.literal(1),
  id: addableId,
  folder: z.string().regex(/^[\w-]+$/),
  addedAt: z.iso.datetime(),
  /** Kernels that agreed with plain JavaScript when it was added. */
  kernels: z.int().positive(),
  manifest: engineManifest,
  /** When the copy of each file was last written: a file that still has its size and time is not hashed again. */
  times: z.record(z.string(), z.number()),
});
export type Registration = z.infer<typeof registration>;

export const registrationFile = (engines: string, id: AddableId): string => join(engines, `${id}.json`);
/** Where a registration waits that was set aside. */
export const setAsideFile = (engines: string, id: AddableId): string => join(engines, `${id}.removed`);

/** null: not added; 'damaged': there is a file that is none of ours. */
export function readRegistration(engines: string, id: AddableId): Registration | 'damaged' | null {
  return read(registrationFile(engines, id));
}

/** That of an engine that was set aside. */
export function readSetAside(engines: string, id: AddableId): Registration | 'damaged' | null {
  return read(setAsideFile(engines, id));
}

function read(file: string): Registration | 'damaged' | null {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return null;
  }
  try {
    return registration.parse(JSON.parse(text));
  } catch {
    return 'damaged';
  }
}

/** Takes the place of an earlier one in one step. */
export function writeRegistration(engines: string, kept: Registration): void {
  const file = registrationFile(engines, kept.id);
  const temporary = `${file}.${process.pid}`;
  const handle = openSync(temporary, 'w', 0o600);
  try {
    writeSync(handle, `${JSON.stringify(kept, null, 1)}\n`);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(temporary, file);
}

export function forgetRegistration(engines: string, id: AddableId): void {
  rmSync(registrationFile(engines, id), { force: true });
}
