import { type ExportMetric, exportMetricKeys } from '../../../shared/model/export-dictionary.ts';
import type {
  ReleasedEvaluation,
  ReleasedMatrix,
  ReleasedMetric,
  Suppressed,
} from '../../../shared/model/exportable-run.ts';
import type { Policy } from '../../../shared/model/policy.ts';
import { confusionMatrix, predictedClasses } from '../../../shared/statistics/multiclass-confusion.ts';
import { wilsonInterval } from '../../../shared/statistics/wilson.ts';
import type { HeldOut } from './held-out.ts';
import { roundChain, roundCount } from './round-counts.ts';
import { roundDown, roundNumber } from './round-number.ts';
import { releaseScoreMetrics, suppress } from './score-metrics.ts';
import { withStoredInterval } from './stored-interval.ts';

/**
 * S1 to S5 for three classes or more; curves stay. Class labels are numbers, since a label's text can name a ward or a rare
 * disease. Throws when the stored matrix is not the one of the predictions.
 */
export function gateMulticlass(held: HeldOut, policy: Policy): ReleasedEvaluation {
  const { columns, personOf, part, clustered } = held;
  const predicted = predictedClasses(columns.scores, columns.rows, columns.classes);
  const rows = confusionMatrix(columns.truth, predicted, columns.classes);
  if (rows.flat().join() !== part.confusion.flat().join())
    throw new Error('the stored matrix is not the one of the predictions');
  const persons = distinctPersons(columns.truth, predicted, columns.classes, personOf);
  const { k, base } = policy;
  const enough = persons.classes.every((count) => count >= k);
  const allCells = persons.cells.flat().every((count) => count >= k);
  const decimals = chooseDecimals(rows, policy);
  const suppressed: Suppressed = { suppressed: 'S6' };

  return {
    part: part.part,
    unit: clustered ? 'rows' : 'subjects',
    total: roundCount(columns.rows, base) >= k ? roundCount(columns.rows, base) : { suppressed: 'S1' },
    classes: releaseClasses(rows, enough, policy),
    threshold: null,
    thresholdRule: null,
    metrics: metricsOf(held, rows, persons, { enough, allCells, decimals }, policy),
    confusion: allCells ? matrixOf(rows, policy) : { suppressed: 'S5' },
    roc: suppressed,
    calibration: suppressed,
    histogram: suppressed,
    foldAuc: null,
  };
}

type Persons = {
  cells: number[][];
  classes: number[];
  right: number;
  wrong: number;
  rightByClass: number[];
  wrongByClass: number[];
};

function metricsOf(
  held: HeldOut,
  rows: number[][],
  persons: Persons,
  { enough, allCells, decimals }: { enough: boolean; allCells: boolean; decimals: number | null },
  policy: Policy,
): ReleasedMetric[] {
  const { part, columns, personOf, clustered } = held;
  const stored = exportMetricKeys.filter((key) => part.estimates[key]?.value != null);
  if (!enough || decimals === null) return stored.map((key) => suppress(key, enough ? 'S4' : 'S3'));
  const metrics = releaseScoreMetrics(columns, part.estimates, personOf, policy, decimals);
  const eachClass = [...persons.rightByClass, ...persons.wrongByClass].every((count) => count >= policy.k);
  const mayLeave: Partial<Record<ExportMetric, boolean>> = {
    'balanced-accuracy': eachClass,
    f1: allCells,
    mcc: allCells,
  };
  if (stored.includes('accuracy')) metrics.push(releaseAccuracy(rows, persons, clustered, policy, decimals));
  for (const key of stored.filter((name) => name in mayLeave)) {
    const value: ReleasedMetric = {
      kind: 'value',
      key,
      value: roundNumber(part.estimates[key]!.value!, decimals),
      low: null,
      high: null,
      decimals,
      method: null,
    };
    metrics.push(mayLeave[key] ? withStoredInterval(value, part.estimates[key]) : suppress(key, 'S3'));
  }
  return metrics;
}

function releaseAccuracy(
  rows: number[][],
  persons: Persons,
  clustered: boolean,
  policy: Policy,
  decimals: number,
): ReleasedMetric {
  const key = 'accuracy';
  const total = sum(rows.flat());
  const right = sum(rows.map((row, c) => row[c]!));
  if (persons.right < policy.k) return suppress(key, 'S3');
  if (persons.wrong < policy.k) {
    if (clustered) return suppress(key, 'S3');
    return {
      kind: 'bound',
      key,
      relation: 'at least',
      value: roundDown((total - policy.k + 1) / total, decimals),
      decimals,
      rule: 'S3',
    };
  }
  const interval = clustered ? null : wilsonInterval(right, total);
  return {
    kind: 'value',
    key,
    value: roundNumber(right / total, decimals),
    low: interval === null ? null : roundNumber(interval.low, decimals),
    high: interval === null ? null : roundNumber(interval.high, decimals),
    decimals,
    method: interval === null ? null : 'Wilson',
  };
}

/** S4: other pairs of right answers and rows that show the same rounded total, accuracy and interval. */
function chooseDecimals(rows: number[][], policy: Policy): number | null {
  const total = sum(rows.flat());
  const right = sum(rows.map((row, c) => row[c]!));
  const shown = (n: number, of: number, decimals: number): string => {
    const interval = wilsonInterval(n, of)!;
    return [n / of, interval.low, interval.high].map((value) => value.toFixed(decimals)).join();
  };
  const least = Math.min(...rows.map(sum));
  for (let decimals = least >= 1000 ? 3 : 2; decimals >= 1; decimals--) {
    let found = 0;
    for (let of = total - 4; of <= total + 4; of++) {
      if (roundCount(of, policy.base) !== roundCount(total, policy.base)) continue;
      for (let n = Math.max(0, right - 4); n <= Math.min(of, right + 4); n++) {
        if (shown(n, of, decimals) === shown(right, total, decimals)) found++;
      }
    }
    if (found >= policy.leastTables) return decimals;
  }
  return null;
}

function releaseClasses(rows: number[][], enough: boolean, policy: Policy): ReleasedEvaluation['classes'] {
  const rounded = roundChain(rows.map(sum), policy.base);
  if (enough && rounded.every((count) => count >= policy.k)) return rounded;
  return rounded.map(() => ({ suppressed: 'S1' as const }));
}

function matrixOf(rows: number[][], policy: Policy): ReleasedMatrix | Suppressed {
  const flat = roundChain(rows.flat(), policy.base);
  if (flat.some((count) => count < policy.k)) return { suppressed: 'S5' };
  const cells = rows.map((row, c) => flat.slice(c * row.length, (c + 1) * row.length));
  return {
    cells,
    rowTotals: cells.map(sum),
    columnTotals: cells.map((_, c) => sum(cells.map((row) => row[c]!))),
    total: sum(flat),
  };
}

function distinctPersons(
  truth: ArrayLike<number>,
  predicted: ArrayLike<number>,
  classes: number,
  personOf: ArrayLike<number>,
): Persons {
  const set = (): Set<number> => new Set<number>();
  const cells = Array.from({ length: classes }, () => Array.from({ length: classes }, set));
  const byClass = Array.from({ length: classes }, set);
  const rightByClass = Array.from({ length: classes }, set);
  const wrongByClass = Array.from({ length: classes }, set);
  const right = set();
  const wrong = set();
  for (let i = 0; i < truth.length; i++) {
    const label = truth[i]!;
    const person = personOf[i]!;
    cells[label]![predicted[i]!]!.add(person);
    byClass[label]!.add(person);
    (label === predicted[i] ? rightByClass : wrongByClass)[label]!.add(person);
    (label === predicted[i] ? right : wrong).add(person);
  }
  const sizes = (sets: Set<number>[]): number[] => sets.map((persons) => persons.size);
  return {
    cells: cells.map(sizes),
    classes: sizes(byClass),
    right: right.size,
    wrong: wrong.size,
    rightByClass: sizes(rightByClass),
    wrongByClass: sizes(wrongByClass),
  };
}

const sum = (counts: number[]): number => counts.reduce((a, b) => a + b, 0);
