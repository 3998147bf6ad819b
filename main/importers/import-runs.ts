import { setImmediate as nextTurn } from 'node:timers/promises';
import { AppError } from '../../shared/errors.ts';
import type { ImportFormat, ImportSummary, RunImportProgress, SkippedSource } from '../../shared/model/run-import.ts';
import { findSource } from '../store/imports/find-source.ts';
import { writeImportedRun } from '../store/imports/write-run.ts';
import type { Vault } from '../store/vault.ts';
import { importerOf } from './formats.ts';
import { importModels } from './import-models.ts';
import type { FoundRun, FoundSource, Reading } from './importer.ts';

export type ImportRunsRequest = {
  format: ImportFormat;
  path: string;
  /** All runs go there; null: as the source says. */
  study: string | null;
  /** As in `Reading`; absent: an import that is done once. */
  quietMs?: number;
  signal?: AbortSignal;
  onProgress?: (progress: RunImportProgress) => void;
};

/**
 * Imports every run that lies at a path, one after the other, each in one transaction. Runs that are here already and have not
 * changed are not read. Throws FILE_NOT_FOUND, SOURCE_NOT_FOUND, DISK_FULL, BUSY, or IMPORT_CANCELLED; runs written before
 * that stay, whole.
 */
export async function importRuns(vault: Vault, request: ImportRunsRequest): Promise<ImportSummary> {
  const importer = await importerOf(request.format);
  const meter = { bytesDone: 0, bytesTotal: 0, runsDone: 0, runsTotal: 0, points: 0 };
  const tell = (): void => request.onProgress?.({ ...meter });
  const reading: Reading = {
    pause: pauseOf(request.signal),
    quietMs: request.quietMs ?? null,
    progress(bytes) {
      meter.bytesDone += bytes;
      tell();
    },
  };
  const found = await importer.find(request.path, reading);
  const tally = startTally(found);
  try {
    meter.bytesTotal = found.runs.reduce((sum, run) => sum + run.bytes, 0);
    meter.runsTotal = found.runs.length;
    let bytesBefore = 0;
    for (const run of found.runs) {
      await reading.pause();
      await importOne(vault, request, run, reading, tally);
      bytesBefore += run.bytes;
      Object.assign(meter, { bytesDone: bytesBefore, runsDone: meter.runsDone + 1, points: tally.points });
      tell();
    }
    const beside = await importModels(vault, { ...request, skippedBecause }, found, reading);
    tally.models += beside.models;
    tally.skipped.push(...beside.skipped);
  } finally {
    found.close?.();
  }
  return { ...tally, runs: tally.imported.length, studies: new Set(tally.imported.map((run) => run.study)).size };
}

type Tally = Omit<ImportSummary, 'runs' | 'studies'>;

const startTally = ({ skipped }: FoundSource): Tally => ({
  points: 0,
  models: 0,
  skipped: [...skipped],
  added: 0,
  updated: 0,
  unchanged: 0,
  imported: [],
});

async function importOne(
  vault: Vault,
  { format, study }: ImportRunsRequest,
  found: FoundRun,
  reading: Reading,
  tally: Tally,
): Promise<void> {
  const known = findSource(vault.db, format, found.key);
  if (known?.stamp === found.stamp) {
    tally.unchanged += 1;
    return;
  }
  if (known?.binned) {
    tally.skipped.push({ path: found.path, reason: 'its run is in the bin; restore it to import what is new' });
    return;
  }
  try {
    const { key, stamp, path } = found;
    for (const progress of [known?.progress ?? null, null]) {
      const { run, skipped } = await found.read(reading, progress);
      const written = writeImportedRun(vault, { format, key, stamp, path }, { ...run, study: study ?? run.study });
      if (written === null) continue;
      tally.skipped.push(...skipped);
      tally.points += written.points;
      tally[written.added ? 'added' : 'updated'] += 1;
      tally.imported.push({ id: written.id, name: run.name, study: study ?? run.study });
      return;
    }
  } catch (error) {
    tally.skipped.push(skippedBecause(found.path, error));
  }
}

/** What is wrong with one run leaves it out; what would befall every run ends the import. */
function skippedBecause(path: string, error: unknown): SkippedSource {
  const ofThisRun = error instanceof AppError && runErrors.has(error.code);
  if (ofThisRun) return { path, reason: error.message };
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'EACCES' || code === 'EPERM') return { path, reason: 'it cannot be read by this user' };
  if (code === 'ENOENT') return { path, reason: 'it disappeared while it was being read' };
  if (['EEXIST', 'ENOTDIR', 'EISDIR', 'ENAMETOOLONG'].includes(code ?? ''))
    return { path, reason: 'two of its files have names that cannot stand side by side here, or one is too long' };
  throw error;
}

const runErrors = new Set([
  'INPUT_INVALID',
  'NAME_INVALID',
  'FILE_UNREADABLE',
  'FILE_EMPTY',
  'FILE_NOT_FOUND',
  'MODEL_NEEDED',
]);

export function pauseOf(signal: AbortSignal | undefined): () => Promise<void> {
  return async () => {
    await nextTurn();
    if (signal?.aborted) throw cancelled();
  };
}

export const cancelled = (): AppError =>
  new AppError(
    'IMPORT_CANCELLED',
    'The import was cancelled. Runs that were imported before are there, whole; no other is.',
    'Import again to take over the rest.',
  );
