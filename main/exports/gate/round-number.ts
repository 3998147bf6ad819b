import { AppError } from '../../../shared/errors.ts';

/**
 * X10: a finite double rounded to decimals and read back from its decimal text, so that nothing hides in its low digits; −0
 * becomes 0. Throws EXPORT_REFUSED for what is not finite.
 */
export function roundNumber(value: number, decimals: number): number {
  if (!Number.isFinite(value)) throw new AppError('EXPORT_REFUSED', 'A number in the report is not finite (rule X10).');
  return Number(value.toFixed(decimals)) + 0;
}

/** Rounded down, for a lower bound. The slack keeps 0.83 from becoming 0.82 through binary fractions. */
export const roundDown = (value: number, decimals: number): number =>
  roundNumber(Math.floor(value * 10 ** decimals + 1e-9) / 10 ** decimals, decimals);

/** Rounded up, for an upper bound. */
export const roundUp = (value: number, decimals: number): number =>
  roundNumber(Math.ceil(value * 10 ** decimals - 1e-9) / 10 ** decimals, decimals);
