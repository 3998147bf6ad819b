export type DecimalMark = '.' | ',';

/** What a trimmed cell reads as: a number, a non-finite number, or not a number at all (undefined). */
export function readNumber(cell: string, decimal: DecimalMark): number | undefined {
  let text = cell;
  if (decimal === ',') {
    // A point in a file with decimal commas may part thousands: 1.234 must not become a little over one.
    if (text.includes('.')) return undefined;
    text = text.replace(',', '.');
  }
  const value = Number(text);
  if (Number.isNaN(value)) return nonFinite.get(text.toLowerCase());
  return spellsNumber(text, value) ? value : undefined;
}

const nonFinite = new Map([
  ['nan', Number.NaN],
  ['inf', Number.POSITIVE_INFINITY],
  ['+inf', Number.POSITIVE_INFINITY],
  ['-inf', Number.NEGATIVE_INFINITY],
  ['infinity', Number.POSITIVE_INFINITY],
  ['-infinity', Number.NEGATIVE_INFINITY],
]);

/**
 * Codes that only look like numbers stay text, since a number would lose part of them: `007` its zeros, twenty digits their
 * end, `0x1F` its base.
 */
export function spellsNumber(text: string, value: number): boolean {
  const signed = text.charCodeAt(0) === 45 || text.charCodeAt(0) === 43 ? 1 : 0;
  if (text.charCodeAt(signed) === 48 && text.length > signed + 1) {
    const next = text.charCodeAt(signed + 1);
    // 0. 0e 0E
    if (next !== 46 && next !== 101 && next !== 69) return false;
  }
  if (Number.isSafeInteger(value) || !Number.isInteger(value)) return true;
  return !/^[+-]?\d+$/.test(text);
}
