import { mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { AppError } from '../../../../shared/errors.ts';
import { newId } from '../../../platform/ids.ts';
import { copyEngine } from './copy-engine.ts';
import { type Machine, refuseForeign, thisMachine } from './fits-machine.ts';
import { addableId, type EngineManifest } from './manifest.ts';
import { readManifest } from './read-manifest.ts';
import { type Registration, readRegistration, writeRegistration } from './registration.ts';
import type { SelfTest } from './self-test.ts';

export type AddOptions = {
  /** Folder of all added engines. */
  engines: string;
  selfTest(folder: string, id: EngineManifest['id']): Promise<SelfTest>;
  /** Told what is going on. */
  say?(step: string): void;
  machine?: Machine;
};

const ADDING = 'adding-';
const ABANDONED_MS = 24 * 3_600_000;

/**
 * Checks an engine folder, copies it, lets it compute in a child and keeps it when its numbers are right. An engine with the
 * same id is replaced in one step; runs that are using it go on with the old files. FILE_NOT_FOUND, ENGINE_INVALID (manifest,
 * hash, platform), ENGINE_FAULTY (crash, time, wrong numbers) or DISK_FULL, and then nothing has changed.
 */
export async function addEngine(folder: string, options: AddOptions): Promise<Registration> {
  const { engines, selfTest, say = () => {}, machine = thisMachine() } = options;
  const from = resolve(folder);
  const { manifest } = readManifest(from);
  refuseForeign(manifest, machine);
  mkdirSync(engines, { recursive: true, mode: 0o700 });
  sweep(engines);
  const temporary = join(engines, `${ADDING}${newId()}`);
  try {
    mkdirSync(temporary, { mode: 0o700 });
    say('Checking and copying its files');
    const times = await copyEngine(from, temporary, manifest);
    say('Comparing its results with plain JavaScript');
    const { kernels } = await selfTest(temporary, manifest.id);
    const name = `${manifest.id}-${newId().slice(0, 12)}`;
    renameSync(temporary, join(engines, name));
    const before = readRegistration(engines, manifest.id);
    const kept: Registration = {
      format: 1,
      id: manifest.id,
      folder: name,
      addedAt: new Date().toISOString(),
      kernels,
      manifest,
      times,
    };
    writeRegistration(engines, kept);
    if (before !== null && before !== 'damaged') rmSync(join(engines, before.folder), { recursive: true, force: true });
    return kept;
  } catch (error) {
    throw full(error) ?? error;
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

/** Takes away what a killed `add` or `remove` has left: folders that no registration names, a day old. */
function sweep(engines: string): void {
  const used = addableId.options.flatMap((id) => {
    const kept = readRegistration(engines, id);
    return kept === null || kept === 'damaged' ? [] : [kept.folder];
  });
  for (const { name } of readdirSync(engines, { withFileTypes: true }).filter((entry) => entry.isDirectory())) {
    const ours = name.startsWith(ADDING) || addableId.options.some((id) => name.startsWith(`${id}-`));
    const path = join(engines, name);
    if (!ours || used.includes(name) || Date.now() - statSync(path).mtimeMs < ABANDONED_MS) continue;
    rmSync(path, { recursive: true, force: true });
  }
}

function full(error: unknown): AppError | null {
  if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') return null;
  return new AppError('DISK_FULL', 'The engine was not added: the disk has no room for its files.', undefined, {
    cause: error,
  });
}
