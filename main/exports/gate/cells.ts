import type { PredictionColumns } from '../../../shared/model/evaluation.ts';

/** The four cells of a binary decision. */
export type Cells = { tp: number; fn: number; fp: number; tn: number };
export const cellNames = ['tp', 'fn', 'fp', 'tn'] as const;

/** Where fewer than k distinct persons stand behind a count. */
export type Small = Record<keyof Cells | 'positives' | 'negatives' | 'errors', boolean>;

/** Which counts are small when each row is another person. */
export function smallByRows(cells: Cells, k: number): Small {
  return {
    tp: cells.tp < k,
    fn: cells.fn < k,
    fp: cells.fp < k,
    tn: cells.tn < k,
    positives: cells.tp + cells.fn < k,
    negatives: cells.fp + cells.tn < k,
    errors: cells.fn + cells.fp < k,
  };
}

/** Which counts are small when persons have several rows: distinct persons with at least one row in the cell. */
export function smallByPersons(columns: PredictionColumns, subject: Int32Array, threshold: number, k: number): Small {
  const persons = {
    tp: new Set<number>(),
    fn: new Set<number>(),
    fp: new Set<number>(),
    tn: new Set<number>(),
    positives: new Set<number>(),
    negatives: new Set<number>(),
    errors: new Set<number>(),
  };
  for (let i = 0; i < columns.rows; i++) {
    const person = subject[i]!;
    const positive = columns.truth[i] === 1;
    const called = columns.scores[i]! >= threshold;
    persons[positive ? (called ? 'tp' : 'fn') : called ? 'fp' : 'tn'].add(person);
    persons[positive ? 'positives' : 'negatives'].add(person);
    if (positive !== called) persons.errors.add(person);
  }
  const small = (set: Set<number>): boolean => set.size < k;
  return {
    tp: small(persons.tp),
    fn: small(persons.fn),
    fp: small(persons.fp),
    tn: small(persons.tn),
    positives: small(persons.positives),
    negatives: small(persons.negatives),
    errors: small(persons.errors),
  };
}
