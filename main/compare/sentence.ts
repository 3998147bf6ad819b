import { plain } from '../../shared/format.ts';
import { whatSetsApart } from './cause.ts';
import type { HeldOutRun } from './held-out.ts';
import type { Paired } from './paired-difference.ts';
import type { TestableMetric } from './testable-metrics.ts';
import type { Verdict } from './verdict.ts';

export type PairFacts = {
  a: HeldOutRun;
  b: HeldOutRun;
  metric: TestableMetric;
  /** Differences within ± this count as none. */
  margin: number;
  rows: number;
  subjects: number | null;
  paired: Paired | null;
  interval: { low: number; high: number } | null;
  verdict: Verdict;
  /** Corrected by Holm. */
  p: number | null;
  /** Normal quantile of the widened interval, and how many pairs it was widened for. */
  z: number;
  tested: number;
};

/** z of 80 % power. */
const z80 = 0.8416212335729143;

/** What a pair's test means, in plain words. */
export function sentenceFor(facts: PairFacts): string {
  const { a, b, metric, margin, paired, interval, verdict } = facts;
  if (paired === null || interval === null) {
    return `Too few patients to tell ${a.label} and ${b.label} apart by their ${metric.name}.`;
  }
  const better = metric.higherIsBetter ? a : b;
  const worse = better === a ? b : a;
  if (verdict === 'real') {
    const small =
      interval.high <= margin
        ? ` The gap is smaller than ${amount(margin, facts)}, though, which is taken as too small to matter.`
        : '';
    const by = metric.inUnit ? `, by ${amount(paired.difference, facts)}` : '';
    return `${whatSetsApart(better, worse, metric.name)}${by} (${describeP(facts.p!)}).${small}`;
  }
  if (verdict === 'no-difference') {
    if (paired.standardError === 0) return `${a.label} and ${b.label} do exactly alike on these patients.`;
    return `${a.label} and ${b.label} do equally well: any gap in ${metric.name} is smaller than ${amount(margin, facts)}.`;
  }
  if (paired.difference === 0)
    return `${a.label} and ${b.label} came out equal on these patients, but there are too few of them to rule out a difference.`;
  return [
    `${better.label} did better on these patients, but ${byChance(facts)}`,
    `Do not prefer ${better.label} for its ${metric.name}.`,
    ...subjectsNeeded(facts),
  ].join(' ');
}

/** A difference in the metric; of an error with whose unit it is in, since the table does not name units. */
function amount(value: number, { a, metric }: PairFacts): string {
  return metric.inUnit ? `${plain(Number(value.toPrecision(2)))} in the unit of ${a.run.target}` : String(value);
}

function byChance({ p, tested }: PairFacts): string {
  if (p! < 0.05) return `the interval, widened for ${tested} comparisons, still reaches 0 (${describeP(p!)}).`;
  const often = p! > 0.66 ? 'more often than not' : `about 1 time in ${Math.round(1 / p!)}`;
  return `with no true difference a gap this large would still come up ${often} (${describeP(p!)}).`;
}

/** Persons for 80 % power at the widened level, were the difference seen the true one; two significant digits. */
function subjectsNeeded({ paired, z, rows, subjects }: PairFacts): string[] {
  const n = subjects ?? rows;
  const needed = n * (((z + z80) * paired!.standardError) / paired!.difference) ** 2;
  if (needed <= n) return [];
  const unit = subjects === null ? 'test rows' : 'test subjects';
  if (needed > 100_000) return [`More than 100,000 ${unit} would be needed to show a gap this small.`];
  const rounded = Number(needed.toPrecision(2));
  return [`About ${rounded.toLocaleString('en-US')} ${unit} would be needed to show a gap this small.`];
}

/** `p < 0.001`, `p = 0.003`, `p = 0.041`, `p = 0.27`. */
export function describeP(p: number): string {
  if (p < 0.001) return 'p < 0.001';
  return p < 0.1 ? `p = ${p.toFixed(3)}` : `p = ${p.toFixed(2)}`;
}
