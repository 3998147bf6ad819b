import { AppError } from '../../../../shared/errors.ts';

/** Reads `hidden`: whole numbers parted by commas or spaces. */
export function parseHidden(text: string): number[] {
  const parts = text.split(/[\s,]+/).filter((part) => part !== '');
  const sizes = parts.map(Number);
  const right = sizes.every((size) => Number.isInteger(size) && size >= 1 && size <= 4096);
  if (sizes.length === 0 || sizes.length > 8 || !right) {
    throw new AppError(
      'PARAM_INVALID',
      `hidden is "${text}"; give 1 to 8 layers of 1 to 4096 units, such as "64, 32".`,
    );
  }
  return sizes;
}
