import { AppError } from '../../shared/errors.ts';
import type { FoundRuns, ImportFormat } from '../../shared/model/run-import.ts';
import { importerOf } from './formats.ts';
import { pauseOf } from './import-runs.ts';

const listed = 100;

/** What lies at a path in each of the formats, those left out that find nothing there; no value is read, nothing is written. */
export async function findRuns(path: string, formats: ImportFormat[], signal?: AbortSignal): Promise<FoundRuns[]> {
  const found: FoundRuns[] = [];
  for (const format of formats) {
    const source = await findOrNone(path, format, signal);
    if (source === null) continue;
    source.close?.();
    const { runs, skipped } = source;
    found.push({
      format,
      runs: runs.slice(0, listed).map(({ study, name, path: at, bytes }) => ({ study, name, path: at, bytes })),
      count: runs.length,
      bytes: runs.reduce((sum, run) => sum + run.bytes, 0),
      skipped: skipped.slice(0, listed),
    });
  }
  return found;
}

async function findOrNone(path: string, format: ImportFormat, signal: AbortSignal | undefined) {
  try {
    const importer = await importerOf(format);
    return await importer.find(path, { pause: pauseOf(signal), quietMs: null, progress: () => {} });
  } catch (error) {
    if (error instanceof AppError && error.code === 'SOURCE_NOT_FOUND') return null;
    throw error;
  }
}
