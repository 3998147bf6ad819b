import type { Comparison } from '../../shared/contract/runs.ts';
import { AppError } from '../../shared/errors.ts';
import type { Evaluation } from '../../shared/model/evaluation.ts';
import { runLetter } from '../../shared/model/run-letter.ts';
import { readDocument } from '../store/documents.ts';
import { snapshot } from '../store/open.ts';
import { readPredictions } from '../store/predictions.ts';
import { showRun } from '../store/run-detail.ts';
import { runKey } from '../store/run-key.ts';
import { runsOnSplit } from '../store/split-use.ts';
import type { ReadableVault } from '../store/vault.ts';
import { captionFor } from './caption.ts';
import { type HeldOutRun, heldOutOf } from './held-out.ts';
import { testPairs } from './test-pairs.ts';
import { testableMetrics } from './testable-metrics.ts';
import { whatDiffers } from './what-differs.ts';

/**
 * Compares runs in the order asked for: what differs in their records, and which differences in one metric are real.
 * `metric` is a key of `testableMetrics`, with or without its part (`test/auc`); null: the first that fits the runs.
 * Throws RUN_NOT_FOUND, or METRIC_NOT_FOUND for a metric that no held-out predictions give.
 */
export function compareRuns(vault: ReadableVault, input: { ids: string[]; metric: string | null }): Comparison {
  const wanted = input.metric?.replace(/^(test|oof)\//, '') ?? null;
  const named = testableMetrics.find(({ key }) => key === wanted);
  if (wanted !== null && named === undefined) throw unknownMetric(input.metric!);

  const { runs, uses } = readRuns(vault, [...new Set(input.ids)]);
  const tasks = new Set(runs.map(({ evaluation }) => evaluation?.task));
  const fitting = testableMetrics.filter((other) => other.tasks.some((task) => tasks.has(task)));
  const metric = named ?? fitting[0] ?? testableMetrics[0]!;
  const first = fitting.includes(metric) ? [metric] : [];
  const tests = testPairs(runs, metric);
  return {
    runs: runs.map(({ run }) => run),
    ...whatDiffers(runs.map(({ run }) => run)),
    metrics: [...first, ...fitting.filter((other) => other !== metric)].map(({ key }) => key),
    tests,
    caption: captionFor(tests, uses),
  };
}

/** All that is needed of the vault, in one snapshot; the statistics are made after it is closed. */
function readRuns(vault: ReadableVault, ids: string[]): { runs: HeldOutRun[]; uses: number | null } {
  return snapshot(vault.db, () => {
    const runs = ids.map((id, position): HeldOutRun => {
      const key = runKey(vault.db, id);
      return {
        label: runLetter(position),
        run: showRun(vault, id),
        evaluation: readDocument<Evaluation>(vault.db, key, 'evaluation'),
        heldOut: heldOutOf(readPredictions(vault.db, key)),
      };
    });
    return { runs, uses: usesOfTestData(vault, runs) };
  });
}

/** Runs judged on the same held-out part as these; null when these do not share one. */
function usesOfTestData(vault: ReadableVault, runs: HeldOutRun[]): number | null {
  const hashes = new Set(runs.map(({ run }) => run.split?.hash));
  const [hash] = hashes;
  return hashes.size === 1 && hash !== undefined ? runsOnSplit(vault.db, hash) : null;
}

function unknownMetric(metric: string): AppError {
  const known = testableMetrics.map(({ key }) => key).join(', ');
  return new AppError(
    'METRIC_NOT_FOUND',
    `Runs cannot be tested in ${metric.slice(0, 80)}: it does not come from held-out predictions.`,
    `Choose one of: ${known}`,
  );
}
