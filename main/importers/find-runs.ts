import { AppError } from '../../shared/errors.ts';
import type { FoundRuns, ImportFormat } from '../../shared/model/run-import.ts';
import { importerOf } from './formats.ts';
import { pauseOf } from './import-runs.ts';

const listed = 100;

/**
 * What lies at a path in each of the formats, those left out that find nothing there; no value is read, nothing is written. Throws
 * FILE_NOT_FOUND when nothing is there at all, FILE_UNREADABLE for a damaged database, IMPORT_CANCELLED.
 */
export async function findRuns(path: string, formats: ImportFormat[], signal?: AbortSignal): Promise<FoundRuns[]> {
  const found: FoundRuns[] = [];
  const refusals: AppError[] = [];
  for (const format of formats) {
    const source = await findOrRefuse(path, format, signal);
    if (source instanceof AppError) {
      refusals.push(source);
      continue;
    }
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
  const refusal = found.length === 0 ? tellingOf(path, refusals) : undefined;
  if (refusal !== undefined) throw refusal;
  return found;
}

/** One format wants a folder where another wants a file: that it refuses says nothing while another may find runs. */
const ofOneFormat = new Set(['SOURCE_NOT_FOUND', 'FILE_NOT_FOUND', 'FILE_UNREADABLE']);

async function findOrRefuse(path: string, format: ImportFormat, signal: AbortSignal | undefined) {
  try {
    const importer = await importerOf(format);
    return await importer.find(path, { pause: pauseOf(signal), quietMs: null, progress: () => {} });
  } catch (error) {
    if (error instanceof AppError && ofOneFormat.has(error.code)) return error;
    throw error;
  }
}

/** The refusal that a person can do something about, when no format found anything. */
function tellingOf(path: string, refusals: readonly AppError[]): AppError | undefined {
  if (refusals.every(({ code }) => code === 'FILE_NOT_FOUND')) return refusals[0];
  return /\.(db|sqlite3?)$/i.test(path) ? refusals.find(({ code }) => code === 'FILE_UNREADABLE') : undefined;
}
