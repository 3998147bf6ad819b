import type { RerunVerdict, RunDetail } from '../../../shared/model/run.ts';
import { type DataCheck, type Recorded, recordedDifferences } from './differences.ts';

/** Fewer runs that differ in the seed only say nothing about noise. */
export const FEWEST_REPLICATES = 3;

/** Held-out metrics that say how good a model is; those that hang on the threshold jump and are left out. */
const mainMetrics = /^(test|oof)\/(auc|average-precision|brier|log-loss|rmse|mae|r2)$/;

/**
 * Compares a run with the one from whose record it was made. `identical`: every estimate with its interval, the last value of
 * every series and the SHA-256 of every model file are the same. `within-noise`: each main metric lies in the range of
 * `replicates`, runs that differ from the first in the seed only, and of the first itself. Otherwise `different`. The cause is
 * the first thing that differs between the two records; when nothing does, an operation that does not repeat exactly.
 */
export function judgeRerun(
  before: Recorded,
  now: Recorded,
  data: DataCheck,
  replicates: Pick<RunDetail, 'metrics'>[],
): RerunVerdict {
  const differences = recordedDifferences(before, now, data);
  const metrics = changedMetrics(before.detail, now.detail);
  const same =
    metrics.length === 0 &&
    sameText(before.detail.estimates, now.detail.estimates) &&
    sameText(hashesOf(before.detail), hashesOf(now.detail));
  const about = { of: before.detail.id, differences, metrics };
  if (same) return { ...about, verdict: 'identical', cause: null, spread: [] };
  const cause = differences[0]?.cause ?? 'nondeterministic-op';
  const spread = replicates.length < FEWEST_REPLICATES ? [] : spreadOf([before.detail, ...replicates]);
  const inside =
    spread.length > 0 &&
    spread.every(({ key, low, high }) => {
      const value = now.detail.metrics[key];
      return value !== undefined && value >= low && value <= high;
    });
  return { ...about, verdict: inside ? 'within-noise' : 'different', cause, spread };
}

const ownKeys = (metrics: Record<string, number>): string[] =>
  Object.keys(metrics).filter((key) => !key.startsWith('system/'));

function changedMetrics(before: RunDetail, now: RunDetail): RerunVerdict['metrics'] {
  const keys = [...new Set([...ownKeys(before.metrics), ...ownKeys(now.metrics)])].sort();
  return keys.flatMap((key) => {
    const [a, b] = [before.metrics[key] ?? Number.NaN, now.metrics[key] ?? Number.NaN];
    return Object.is(a, b) ? [] : [{ key, before: a, now: b }];
  });
}

function spreadOf(runs: Pick<RunDetail, 'metrics'>[]): RerunVerdict['spread'] {
  const keys = Object.keys(runs[0]!.metrics).filter((key) => mainMetrics.test(key));
  return keys.sort().flatMap((key) => {
    const values = runs.flatMap(({ metrics }) => metrics[key] ?? []);
    return values.length < runs.length
      ? []
      : [{ key, low: Math.min(...values), high: Math.max(...values), runs: values.length }];
  });
}

const hashesOf = ({ artifacts }: RunDetail): Record<string, string> =>
  Object.fromEntries(artifacts.map(({ path, sha256 }) => [path, sha256]));

const sameText = (a: object, b: object): boolean =>
  JSON.stringify(Object.entries(a).sort()) === JSON.stringify(Object.entries(b).sort());
