import { exportMetricKeys } from '../../../shared/model/export-dictionary.ts';
import type { ReleasedEvaluation, ReleasedMetric } from '../../../shared/model/exportable-run.ts';
import type { Policy } from '../../../shared/model/policy.ts';
import { auc } from '../../../shared/statistics/auc.ts';
import { confusionAt } from '../../../shared/statistics/confusion.ts';
import { type Cells, type Small, smallByPersons, smallByRows } from './cells.ts';
import { chooseDecimals, chooseScoreDecimals } from './choose-decimals.ts';
import { releaseFolds } from './folds.ts';
import type { HeldOut } from './held-out.ts';
import { releaseHistogram } from './histogram.ts';
import { mergeScores } from './partition.ts';
import { releaseTable } from './release-table.ts';
import { releaseCalibration, releaseRoc, roundBins } from './roc.ts';
import { roundNumber } from './round-number.ts';
import { releaseScoreMetrics, suppress } from './score-metrics.ts';
import { withStoredInterval } from './stored-interval.ts';
import { type Decimals, decisionMetrics } from './table-metrics.ts';

/** S1 to S6, S8 and S11 for a binary evaluation. Throws when the stored matrix is not the one of the predictions. */
export function gateBinary(held: HeldOut, policy: Policy): ReleasedEvaluation {
  const { columns, personOf, clustered, part, evaluation } = held;
  const { cells, small } = countCells(held, policy);
  const { truth, scores } = columns;
  const enough = !small.positives && !small.negatives;
  const decisionDecimals = enough ? chooseDecimals(cells, small, clustered, policy) : null;
  const decimals = enough ? chooseScoreDecimals(cells, auc(truth, scores), policy) : null;
  const table = releaseTable(cells, small, clustered, policy, decisionDecimals ?? oneDecimal);

  const metrics: ReleasedMetric[] =
    decimals === null
      ? exportMetricKeys
          .filter((key) => part.estimates[key]?.value != null && !isDecision(key))
          .map((key) => suppress(key, enough ? 'S4' : 'S3'))
      : releaseScoreMetrics(columns, part.estimates, personOf, policy, decimals);
  for (const key of decisionMetrics) {
    if (enough && decisionDecimals === null) metrics.push(suppress(key, 'S4'));
    else metrics.push(clustered ? withStoredInterval(table.metrics[key], part.estimates[key]) : table.metrics[key]);
  }

  const matrix = 'suppressed' in table.confusion ? null : evaluation.threshold;
  const merged = enough
    ? (mergeScores(columns, personOf, matrix, policy.k) ?? mergeScores(columns, personOf, null, policy.k))
    : null;
  const bins = merged === null ? null : roundBins(merged, policy);
  const tooFew = { suppressed: 'S3' } as const;
  return {
    part: part.part,
    unit: clustered ? 'rows' : 'subjects',
    total: table.total,
    classes: table.classes,
    threshold: evaluation.threshold === null ? null : roundNumber(evaluation.threshold, 2),
    thresholdRule: ruleOf(evaluation.thresholdRule),
    metrics,
    confusion: table.confusion,
    roc: enough ? releaseRoc(bins) : tooFew,
    calibration: enough ? releaseCalibration(bins, Math.min(2, decimals ?? 1)) : tooFew,
    histogram: enough ? releaseHistogram(columns, personOf, policy) : tooFew,
    foldAuc: columns.fold === null ? null : releaseFolds(columns, columns.fold, personOf, policy, decimals),
  };
}

const isDecision = (key: string): boolean => (decisionMetrics as readonly string[]).includes(key);
const oneDecimal = Object.fromEntries(decisionMetrics.map((key) => [key, 1])) as Decimals;

function countCells(
  { columns, personOf, clustered, part, evaluation }: HeldOut,
  policy: Policy,
): { cells: Cells; small: Small } {
  const [[tn, fp], [fn, tp]] = part.confusion as [[number, number], [number, number]];
  const cells = { tp, fn, fp, tn };
  if (evaluation.threshold === null) {
    if (clustered) throw new Error('persons behind the matrix cannot be counted without its threshold');
    return { cells, small: smallByRows(cells, policy.k) };
  }
  const again = confusionAt(columns.truth, columns.scores, evaluation.threshold);
  const same =
    again.truePositive === tp && again.falseNegative === fn && again.falsePositive === fp && again.trueNegative === tn;
  if (!same) throw new Error('the stored matrix is not the one of the predictions');
  const small = clustered
    ? smallByPersons(columns, personOf, evaluation.threshold, policy.k)
    : smallByRows(cells, policy.k);
  return { cells, small };
}

function ruleOf(stored: string | null): ReleasedEvaluation['thresholdRule'] {
  if (stored === null) return null;
  if (stored.startsWith('Youden')) return 'Youden index';
  return stored.startsWith('sensitivity') ? 'sensitivity target' : 'fixed';
}
