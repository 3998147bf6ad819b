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

const POWERS = Array.from({ length: 23 }, (_, exponent) => 10 ** exponent);

/**
 * `readNumber` for the common spelling, `-12.345` with at most 15 digits and a point, without a call into the number parser;
 * NaN for anything else. Exact: the digits are an integer below 2^53 and the divisor is at most 10^15, so that the one division
 * rounds correctly (Clinger 1990).
 */
export function readPlainNumber(cell: string): number {
  const length = cell.length;
  const negative = cell.charCodeAt(0) === 45;
  const start = negative ? 1 : 0;
  if (length - start > 16 || length === start) return Number.NaN;
  let digits = 0;
  let point = -1;
  for (let at = start; at < length; at++) {
    const unit = cell.charCodeAt(at) - 48;
    if (unit >= 0 && unit <= 9) digits = digits * 10 + unit;
    else if (unit === -2 && point === -1) point = at;
    else return Number.NaN;
  }
  if (point === -1) {
    // 007 is a code, and 16 digits may not fit.
    if (length - start > 15 || (length - start > 1 && cell.charCodeAt(start) === 48)) return Number.NaN;
    return negative ? -digits : digits;
  }
  const decimals = length - point - 1;
  if (decimals === 0 || point === start || (point - start > 1 && cell.charCodeAt(start) === 48)) return Number.NaN;
  const value = digits / POWERS[decimals]!;
  return negative ? -value : value;
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
function spellsNumber(text: string, value: number): boolean {
  const signed = text.charCodeAt(0) === 45 || text.charCodeAt(0) === 43 ? 1 : 0;
  if (text.charCodeAt(signed) === 48 && text.length > signed + 1) {
    const next = text.charCodeAt(signed + 1);
    // 0. 0e 0E
    if (next !== 46 && next !== 101 && next !== 69) return false;
  }
  if (Number.isSafeInteger(value) || !Number.isInteger(value)) return true;
  return !/^[+-]?\d+$/.test(text);
}
