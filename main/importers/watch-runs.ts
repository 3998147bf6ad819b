import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '../../shared/errors.ts';
import type { ImportSummary } from '../../shared/model/run-import.ts';
import { endWatched } from '../store/imports/end-watched.ts';
import type { Vault } from '../store/vault.ts';
import { type ImportRunsRequest, importRuns } from './import-runs.ts';

/** Writers of event files keep up to two minutes of events in memory. */
const restingMs = 300_000;
const everyMs = 1_000;
/** A round that takes long is not begun anew at once: most of the time the machine belongs to the job. */
const restPerRound = 4;

/**
 * Imports again and again while a job writes, until the signal comes, and answers what came in over all rounds. A round looks at
 * the sizes of files first: only runs whose files grew are read, from where they were read to. A run is `running` until its files
 * have rested for five minutes or say that it ended. A folder that holds no run yet is waited for.
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
  try {
    while (!request.signal.aborted) {
      const started = performance.now();
      try {
        take(total, await importRuns(vault, { quietMs: restingMs, ...request, ...soFar(total, request) }));
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        if (error.code === 'IMPORT_CANCELLED') break;
        if (error.code !== 'SOURCE_NOT_FOUND' && error.code !== 'BUSY') throw error;
      }
      const rest = Math.max(everyMs, (performance.now() - started) * restPerRound);
      await sleep(rest, undefined, { signal: request.signal }).catch(() => {});
    }
  } finally {
    endWatched(vault);
  }
  return total;
}

/** Progress of a round counts the points of those before too. */
const soFar = ({ points }: ImportSummary, { onProgress }: ImportRunsRequest): Pick<ImportRunsRequest, 'onProgress'> =>
  onProgress === undefined ? {} : { onProgress: (round) => onProgress({ ...round, points: points + round.points }) };

/** `skipped` is as of the last round; a run counts once, as unchanged when no round brought anything. */
function take(total: ImportSummary, round: ImportSummary): void {
  const known = new Set(total.imported.map((run) => run.id));
  total.imported.push(...round.imported.filter((run) => !known.has(run.id)));
  total.points += round.points;
  total.models += round.models;
  total.added += round.added;
  total.skipped = round.skipped;
  total.runs = total.imported.length;
  total.unchanged = Math.max(0, round.unchanged + round.runs - total.runs);
  total.updated = total.runs - total.added;
  total.studies = new Set(total.imported.map((run) => run.study)).size;
}
