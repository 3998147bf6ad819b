import { AppError } from '../../../../shared/errors.ts';

/** Reads `widths`: channels per block, parted by commas or spaces. PARAM_INVALID. */
export function parseWidths(text: string): number[] {
  const widths = text
    .split(/[\s,]+/)
    .filter((part) => part !== '')
    .map(Number);
  const right = widths.every((width) => Number.isInteger(width) && width >= 1 && width <= 1024);
  if (widths.length === 0 || widths.length > 6 || !right) {
    throw new AppError(
      'PARAM_INVALID',
      `widths is "${text}"; give 1 to 6 blocks of 1 to 1024 channels, such as "16, 32, 64".`,
    );
  }
  return widths;
}
