import type { PartEvaluation } from '../../../shared/model/evaluation.ts';
import type { RuleId } from '../../../shared/model/export-dictionary.ts';
import type { ReleasedEvaluation, ReleasedMetric } from '../../../shared/model/exportable-run.ts';
import type { Notes } from './notes.ts';

/** Why each rule kept something, for the person at this machine. */
const reasons: Partial<Record<RuleId, string>> = {
  S1: 'counts of fewer than k persons',
  S3: 'a class, or a cell behind the number, holds fewer than k persons',
  S4: 'no number of decimals leaves enough possible count tables',
  S5: 'a cell of it holds fewer than k persons, or would be shown as fewer',
  S6: 'fewer than 3 bins hold k persons of each class',
  S8: 'fewer than 3 bins hold k persons of each class',
  S10: 'the stored number does not follow from the stored predictions',
  S11: 'a fold holds fewer than k persons of a class, or none is misranked in it',
  X1: 'outside the range of its metric',
};

/** Writes what the gate did to an evaluation into the local list. */
export function noteEvaluation(released: ReleasedEvaluation, part: PartEvaluation, notes: Notes): void {
  for (const metric of released.metrics) noteMetric(metric, notes);
  noteUnknown(released, part, notes);
  for (const count of [released.total, ...released.classes]) {
    if (typeof count === 'number') notes.changed('S2', 'counts rounded to 5');
    else refuse(notes, count.suppressed, 'counts');
  }
  if (released.threshold !== null) notes.changed('S4', 'threshold, 2 decimals');
  const { confusion, roc, calibration, histogram, foldAuc } = released;
  if ('suppressed' in confusion) refuse(notes, confusion.suppressed, 'confusion matrix');
  else notes.changed('S2', 'counts rounded to 5', confusion.cells.flat().length);
  if ('suppressed' in roc) refuse(notes, roc.suppressed, 'ROC curve');
  else notes.changed('S6', 'curve drawn from merged bins');
  if ('suppressed' in calibration) refuse(notes, calibration.suppressed, 'calibration');
  else notes.changed('S8', 'calibration of merged bins');
  if ('suppressed' in histogram) refuse(notes, histogram.suppressed, 'score histogram');
  else notes.changed('S8', 'score histogram of merged bins');
  if (foldAuc === null) return;
  if ('suppressed' in foldAuc) refuse(notes, foldAuc.suppressed, 'AUC per fold');
  else notes.changed('S4', 'numbers rounded to 2 decimals', foldAuc.length);
}

function noteMetric(metric: ReleasedMetric, notes: Notes): void {
  if (metric.kind === 'suppressed') refuse(notes, metric.suppressed, metric.key);
  else if (metric.kind === 'bound')
    notes.changed('S3', `${metric.key}: shown as a bound, fewer than k persons behind it`);
  else notes.changed('S4', `numbers rounded to ${metric.decimals} ${metric.decimals === 1 ? 'decimal' : 'decimals'}`);
}

/** Stored metrics whose names the dictionary does not know; the name itself is told here only. */
function noteUnknown(released: ReleasedEvaluation, part: PartEvaluation, notes: Notes): void {
  const known = new Set<string>(released.metrics.map((metric) => metric.key));
  const unknown = Object.keys(part.estimates).filter((key) => part.estimates[key]!.value !== null && !known.has(key));
  notes.refused('X1', 'metrics whose names are not in the dictionary', unknown.length);
}

function refuse(notes: Notes, rule: RuleId, what: string): void {
  notes.refused(rule, `${what}: ${reasons[rule] ?? 'not on the allow-list'}`);
}
