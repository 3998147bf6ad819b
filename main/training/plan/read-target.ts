import { AppError } from '../../../shared/errors.ts';
import type { Cells } from '../../store/table/cells.ts';
import { orderClasses } from './class-order.ts';

/** More classes than this are a number or a name, not a class. */
const MOST_CLASSES = 20;

/** `y[row]` is an index into `classes`, or -1 where the target is missing; the counts are rows. */
export type Target = { classes: string[]; y: Int32Array; counts: number[]; missing: number };

/** Reads a column as a class per row; TARGET_INVALID when it holds no classes to learn. */
export function readTarget(cells: Cells, name: string): Target {
  if (cells.type === 'date' || cells.type === 'text' || cells.type === 'image') {
    throw new AppError(
      'TARGET_INVALID',
      `Column "${name}" holds ${cells.type}s, not classes; choose a target with 2 to ${MOST_CLASSES} classes.`,
    );
  }
  const label = (row: number): string =>
    cells.kind === 'numeric' ? String(cells.values[row]) : cells.dictionary[cells.codes[row]!]!;
  const found = new Map<string, number>();
  let missing = 0;
  for (let row = 0; row < cells.missing.length; row++) {
    if (cells.missing[row] === 1) {
      missing++;
      continue;
    }
    const own = label(row);
    const count = found.get(own);
    found.set(own, (count ?? 0) + 1);
    if (count === undefined && found.size > MOST_CLASSES) {
      throw new AppError(
        'TARGET_INVALID',
        `Column "${name}" has more than ${MOST_CLASSES} different values; the recipes so far predict classes, not numbers.`,
      );
    }
  }
  if (found.size === 0)
    throw new AppError('TARGET_INVALID', `Column "${name}" is missing in every row, so there is nothing to learn.`);
  if (found.size === 1) {
    throw new AppError(
      'TARGET_INVALID',
      `Column "${name}" has the same value in every row that has one, so there is nothing to tell apart.`,
    );
  }
  const classes = orderClasses([...found.keys()]);
  const index = new Map(classes.map((value, k) => [value, k]));
  const y = Int32Array.from(cells.missing, (gone, row) => (gone === 1 ? -1 : index.get(label(row))!));
  return { classes, y, counts: classes.map((value) => found.get(value)!), missing };
}
