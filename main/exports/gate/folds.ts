import type { PredictionColumns } from '../../../shared/model/evaluation.ts';
import type { ReleasedEvaluation } from '../../../shared/model/exportable-run.ts';
import type { Policy } from '../../../shared/model/policy.ts';
import { auc } from '../../../shared/statistics/auc.ts';
import { roundNumber } from './round-number.ts';

/** S11: the AUC of each fold, when every fold holds k persons of either class and no fold is without error; otherwise none. */
export function releaseFolds(
  columns: PredictionColumns,
  fold: Int16Array,
  personOf: ArrayLike<number>,
  policy: Policy,
  decimals: number | null,
): ReleasedEvaluation['foldAuc'] {
  const suppressed = { suppressed: 'S11' } as const;
  if (decimals === null) return suppressed;
  const values: number[] = [];
  for (const number of [...new Set(fold)].sort((a, b) => a - b)) {
    const rows = Array.from(fold.keys()).filter((row) => fold[row] === number);
    const persons = [0, 1].map(
      (label) => new Set(rows.filter((row) => columns.truth[row] === label).map((row) => personOf[row])),
    );
    if (persons.some((set) => set.size < policy.k)) return suppressed;
    const area = auc(
      rows.map((row) => columns.truth[row]!),
      rows.map((row) => columns.scores[row]!),
    );
    const shown = area === null ? 1 : roundNumber(area, Math.min(2, decimals));
    if (shown <= 0 || shown >= 1) return suppressed;
    values.push(shown);
  }
  return values;
}
