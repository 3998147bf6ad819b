import { AppError } from '../../shared/errors.ts';
import type { RawProfile } from './raw-profile.ts';

const MOST_NAMES = 10;

/**
 * NUMBER_NOT_FINITE when a column of numbers holds NaN or infinite cells: they are the remains of a failed calculation, and
 * whether such a cell means "missing" is for the person to say.
 */
export function refuseNonFinite(names: string[], profiles: RawProfile[]): void {
  const odd = profiles.flatMap(({ nonFinite }, at) => (nonFinite === null ? [] : [{ name: names[at]!, ...nonFinite }]));
  if (odd.length === 0) return;
  const each = odd.slice(0, MOST_NAMES).map(({ name, count, firstRow }) => {
    const cells = count === 1 ? '1 cell' : `${count.toLocaleString('en')} cells`;
    return `${name} (${cells}, first in row ${firstRow.toLocaleString('en')})`;
  });
  const more = odd.length > MOST_NAMES ? ` and ${odd.length - MOST_NAMES} more columns` : '';
  throw new AppError(
    'NUMBER_NOT_FINITE',
    `Among the numbers there are cells that read NaN or infinite: ${each.join(', ')}${more}. Nothing was imported.`,
    'Where a value is missing, leave the cell empty or write NA; correct the others, and import again.',
  );
}
