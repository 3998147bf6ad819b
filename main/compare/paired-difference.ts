import type { PredictionColumns } from '../../shared/model/evaluation.ts';
import { bootstrap, drawsFor } from '../../shared/statistics/bootstrap.ts';
import { type PairedDifference, pairedAucDifference } from '../../shared/statistics/paired-auc.ts';
import { groupSubjects } from '../../shared/statistics/subjects.ts';
import type { Alignment } from './align.ts';
import { type HeldOutRun, selectRows } from './held-out.ts';
import { statisticOf } from './testable-metrics.ts';

export type Paired = PairedDifference & { method: string };

/** One run's metric on a set of rows: its value and its bootstrap draws, all runs of a set from the same resamples. */
type Resampled = { value: number; draws: Float64Array; method: string };

/** The same resamples for every run and every look, so that differences are paired and repeatable. */
const seed = 20_250_101;

/**
 * Differences in one metric between runs. Draws of a run are made once per set of shared rows, however many pairs there are.
 */
export function pairedDifferences(metric: string) {
  const resampled = new Map<string, Resampled>();

  const drawsOf = (run: HeldOutRun, columns: PredictionColumns, alignment: Alignment): Resampled => {
    const key = `${run.run.id}|${alignment.key}`;
    const known = resampled.get(key);
    if (known !== undefined) return known;
    const statistic = statisticOf(metric, columns, run.evaluation!.threshold);
    const subjects = groupSubjects(alignment.subject, columns.rows);
    const draws = drawsFor(columns.rows * Math.max(1, columns.classes - 1));
    const compute = (weights: Uint16Array, out: Float64Array) => {
      out[0] = statistic(weights);
    };
    const made = {
      value: statistic(null),
      draws: bootstrap(subjects, 1, compute, { draws, seed })[0]!,
      method: `paired bootstrap over subjects, ${draws} draws`,
    };
    resampled.set(key, made);
    return made;
  };

  /** `a − b` with its standard error; null when the metric is undefined for either. */
  return (a: HeldOutRun, b: HeldOutRun, alignment: Alignment): Paired | null => {
    const left = selectRows(a.heldOut!, alignment.atA);
    const right = selectRows(b.heldOut!, alignment.atB);
    if (metric === 'auc' && left.classes <= 2) {
      const clustered = groupSubjects(alignment.subject, left.rows).count < left.rows;
      const paired = pairedAucDifference(alignment.truth, left.scores, right.scores, alignment.subject);
      const method = clustered ? 'paired clustered DeLong (Obuchowski)' : 'paired DeLong';
      return paired === null ? null : { ...paired, method };
    }
    const ofA = drawsOf(a, left, alignment);
    const ofB = drawsOf(b, right, alignment);
    const differences = ofA.draws.map((draw, i) => draw - ofB.draws[i]!).filter(Number.isFinite);
    const difference = ofA.value - ofB.value;
    if (!Number.isFinite(difference) || differences.length < 0.9 * ofA.draws.length) return null;
    return { difference, standardError: standardDeviation(differences), method: ofA.method };
  };
}

function standardDeviation(values: Float64Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return Math.sqrt(squares / (values.length - 1));
}
