import type { CompareTest } from '../../shared/contract/runs.ts';
import { holm } from '../../shared/statistics/holm.ts';
import { normalQuantile, normalTwoSidedP } from '../../shared/statistics/normal.ts';
import { groupSubjects } from '../../shared/statistics/subjects.ts';
import { alignRuns } from './align.ts';
import type { HeldOutRun } from './held-out.ts';
import { marginOn } from './margin.ts';
import { whyNotComparable } from './not-comparable.ts';
import { type Paired, pairedDifferences } from './paired-difference.ts';
import { sentenceFor } from './sentence.ts';
import type { TestableMetric } from './testable-metrics.ts';
import { verdictOf } from './verdict.ts';

/** A pair before the correction for how many there are. `a` has the larger value where there is one. */
type Pair = {
  a: HeldOutRun;
  b: HeldOutRun;
  rows: number;
  subjects: number | null;
  paired: Paired | null;
  margin: number;
  reason: string | null;
};

/**
 * Tests every pair of runs in one metric on the rows that both predicted. With m tested pairs the intervals are widened to
 * 1 − 0.05/m (Bonferroni), so that together they are 95 %, and p is corrected by Holm.
 */
export function testPairs(runs: HeldOutRun[], metric: TestableMetric): CompareTest[] {
  const difference = pairedDifferences(metric.key);
  const pairs = runs.flatMap((a, i) => runs.slice(i + 1).map((b) => pairOf(a, b, metric, difference)));
  const tested = pairs.filter(({ paired }) => paired !== null).length;
  const z = normalQuantile(1 - 0.025 / Math.max(1, tested));
  const adjusted = holm(pairs.map(({ paired }) => pValue(paired)));

  return pairs.map(({ a, b, rows, subjects, paired, margin, reason }, i) => {
    const p = adjusted[i] ?? null;
    const interval = p === null || paired === null ? null : intervalOf(paired, z);
    const verdict = paired === null ? 'not-comparable' : verdictOf(interval, margin);
    const facts = { a, b, metric, margin, rows, subjects, paired, interval, verdict, p, z, tested };
    return {
      a: a.run.id,
      b: b.run.id,
      metric: metric.key,
      difference: paired?.difference ?? null,
      low: interval?.low ?? null,
      high: interval?.high ?? null,
      p,
      rows,
      subjects,
      verdict,
      method: paired?.method ?? 'none',
      sentence: reason ?? sentenceFor(facts),
    };
  });
}

function pairOf(
  a: HeldOutRun,
  b: HeldOutRun,
  metric: TestableMetric,
  difference: ReturnType<typeof pairedDifferences>,
): Pair {
  const without = (reason: string): Pair => ({ a, b, rows: 0, subjects: null, paired: null, margin: 0, reason });
  const reason = whyNotComparable(a, b);
  if (reason !== null) return without(reason);
  const task = a.evaluation!.task;
  if (!metric.tasks.some((known) => known === task)) {
    return without(`There is no paired test of the ${metric.name} for ${task} targets.`);
  }
  const alignment = alignRuns(a, b);
  if (alignment === null) return without(`${a.label} and ${b.label} were tested on different patients.`);
  if (alignment === 'disagree') return without('They disagree about the true outcome of a patient.');
  const rows = alignment.truth.length;
  const subjects = alignment.subject === null ? null : groupSubjects(alignment.subject, rows).count;
  const paired = difference(a, b, alignment);
  if (paired === null) {
    return { ...without(`The ${metric.name} is not defined on the ${rows} rows that both predicted.`), rows, subjects };
  }
  const margin = marginOn(metric, alignment.truth);
  if (paired.difference >= 0) return { a, b, rows, subjects, paired, margin, reason: null };
  return { a: b, b: a, rows, subjects, margin, paired: { ...paired, difference: -paired.difference }, reason: null };
}

/** null where a difference has no spread: there is then no test. */
function pValue(paired: Paired | null): number | null {
  if (paired === null) return null;
  if (paired.standardError > 0) return normalTwoSidedP(paired.difference / paired.standardError);
  return paired.difference === 0 ? 1 : null;
}

function intervalOf({ difference, standardError }: Paired, z: number) {
  return { low: difference - z * standardError, high: difference + z * standardError };
}
