import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '../../shared/errors.ts';
import type { ImportSummary } from '../../shared/model/run-import.ts';
import type { Vault } from '../store/vault.ts';
import { type ImportRunsRequest, importRuns } from './import-runs.ts';

const everyMs = 1_000;
/** A round that takes long is not begun anew at once: most of the time the machine belongs to the job. */
const restPerRound = 4;

/**
 * Imports again and again while a job writes, until the signal comes, and answers what came in over all rounds. A round looks at
 * the sizes of files first: only runs whose files grew are read. A folder that holds no run yet is waited for.
 */
export async function watchRuns(
  vault: Vault,
  request: ImportRunsRequest & { signal: AbortSignal },
): Promise<ImportSummary> {
  const total: ImportSummary = {
    studies: 0,
    runs: 0,
    points: 0,
    models: 0,
    skipped: [],
    added: 0,
    updated: 0,
    unchanged: 0,
    imported: [],
  };
  while (!request.signal.aborted) {
    const started = performance.now();
    try {
      take(total, await importRuns(vault, request));
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      if (error.code === 'IMPORT_CANCELLED') break;
      if (error.code !== 'SOURCE_NOT_FOUND' && error.code !== 'BUSY') throw error;
    }
    const rest = Math.max(everyMs, (performance.now() - started) * restPerRound);
    await sleep(rest, undefined, { signal: request.signal }).catch(() => {});
  }
  return total;
}

/** `skipped` is as of the last round; a run counts once. */
function take(total: ImportSummary, round: ImportSummary): void {
  const known = new Set(total.imported.map((run) => run.id));
  total.imported.push(...round.imported.filter((run) => !known.has(run.id)));
  total.points += round.points;
  total.models += round.models;
  total.added += round.added;
  total.skipped = round.skipped;
  total.unchanged = round.unchanged;
  total.runs = total.imported.length;
  total.updated = total.runs - total.added;
  total.studies = new Set(total.imported.map((run) => run.study)).size;
}
