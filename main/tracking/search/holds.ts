import { matchesIlike, matchesLike } from '../../../shared/query/like.ts';
import type { ColumnValue } from '../../store/tracking/columns.ts';
import type { Clause } from './clause.ts';

/** Whether a value satisfies a condition: never when it is missing, nor when it is NaN. */
export function holds({ operator, value: wanted }: Clause, value: ColumnValue): boolean {
  if (value === undefined || Number.isNaN(value)) return false;
  // check-clause.ts lets numbers alone have these four.
  const [left, right] = [value as number, wanted as number];
  switch (operator) {
    case '=':
      return value === wanted;
    case '!=':
      return value !== wanted;
    case '<':
      return left < right;
    case '<=':
      return left <= right;
    case '>':
      return left > right;
    case '>=':
      return left >= right;
    case 'LIKE':
      return matchesLike(String(value), String(wanted));
    case 'ILIKE':
      return matchesIlike(String(value), String(wanted));
    case 'IN':
      return (wanted as string[]).includes(String(value));
    case 'NOT IN':
      return !(wanted as string[]).includes(String(value));
  }
}
