/**
 * How numbers, durations and dates are written, everywhere. Pure; the rules are the design language's "Numbers".
 * Digits follow the uncertainty, a thin unbreakable space parts a number from its unit, minus is the true sign.
 */
export const THIN = '\u202f';
export const MISSING = '–';

export type Interval = { value: number | null; low: number | null; high: number | null };

/**
 * Decimals an interval allows: down to the first significant digit of its half-width, one further when that digit is 1 or 2.
 * Half-width 0.056 → 2, 0.027 → 3. Null when the half-width is zero or not finite.
 */
export function intervalDecimals(low: number, high: number): number | null {
  return spreadDecimals((high - low) / 2);
}

/** The same rule for a standard deviation or any other half-width. */
export function spreadDecimals(halfWidth: number): number | null {
  if (!Number.isFinite(halfWidth) || halfWidth <= 0) return null;
  // Two significant digits first, so that 0.029999… counts as 0.030.
  const [digits, exponent] = halfWidth.toExponential(1).split('e') as [string, string];
  const first = Number(digits[0]);
  return Math.max(0, Math.min(6, -Number(exponent) + (first <= 2 ? 1 : 0)));
}

/** Decimals of a column or list: those of its tightest interval; `fallback` when none has an interval. */
export function columnDecimals(intervals: readonly Interval[], fallback = 3): number {
  let decimals: number | null = null;
  for (const { low, high } of intervals) {
    if (low === null || high === null) continue;
    const own = intervalDecimals(low, high);
    if (own !== null && (decimals === null || own > decimals)) decimals = own;
  }
  return decimals ?? fallback;
}

/** Fixed decimals with the true minus sign; −0.00 is written 0.00. */
export function fixed(value: number, decimals: number): string {
  const text = Math.abs(value).toFixed(decimals);
  return value < 0 && Number(text) !== 0 ? `−${text}` : text;
}

/** Always signed, for differences: +0.019, −0.008, 0. */
export function signed(value: number, decimals: number): string {
  const text = fixed(value, decimals);
  return value > 0 && Number(text) !== 0 ? `+${text}` : text;
}

/** `[0.79–0.90]`; a signed bound takes "to": `[−0.24 to 0.47]`. */
export function interval(low: number, high: number, decimals: number, alwaysSigned = false): string {
  const write = alwaysSigned ? signed : fixed;
  const between = low < 0 || high < 0 || alwaysSigned ? ' to ' : '–';
  return `[${write(low, decimals)}${between}${write(high, decimals)}]`;
}

/** A number without uncertainty: up to four significant digits, tiny and huge ones in powers of ten, no trailing zeros. */
export function plain(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞';
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (Number.isInteger(value) && size < 1e7) return count(value);
  if (size >= 1e4 && size < 1e7) return count(value);
  if (size >= 1e7 || size < 1e-4) {
    const [digits, exponent] = size.toExponential(2).split('e') as [string, string];
    return `${value < 0 ? '−' : ''}${Number(digits)}·10${superscript(Number(exponent))}`;
  }
  return fixed(Number(value.toPrecision(4)), Math.max(0, Math.min(6, 3 - Math.floor(Math.log10(size))))).replace(
    /(\.\d*?)0+$/,
    (_, kept: string) => (kept === '.' ? '' : kept),
  );
}

const raised: Record<string, string> = {
  '-': '⁻',
  '0': '⁰',
  '1': '¹',
  '2': '²',
  '3': '³',
  '4': '⁴',
  '5': '⁵',
  '6': '⁶',
  '7': '⁷',
  '8': '⁸',
  '9': '⁹',
};

function superscript(exponent: number): string {
  return [...String(exponent)].map((sign) => raised[sign]).join('');
}

/** An integer with thousands separators: 318,402. */
export function count(value: number): string {
  return Math.abs(value)
    .toFixed(0)
    .replace(/\B(?=(\d{3})+$)/g, ',')
    .replace(/^/, value < 0 ? '−' : '');
}

export function percent(share: number, decimals = 0): string {
  return `${fixed(share * 100, decimals)}${THIN}%`;
}

/** p value as a journal writes it: p = 0.095, p < 0.001. */
export function pValue(p: number): string {
  if (p < 0.001) return 'p < 0.001';
  return `p = ${p.toFixed(p < 0.1 ? 3 : 2)}`;
}

const KIB = 1024;

export function bytes(value: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let size = value;
  let unit = 0;
  while (size >= 1000 && unit < units.length - 1) {
    size /= KIB;
    unit += 1;
  }
  const decimals = unit === 0 || size >= 100 ? 0 : 1;
  return `${size.toFixed(decimals)}${THIN}${units[unit]}`;
}

export function mebibytes(value: number): string {
  return bytes(value * KIB * KIB);
}

/** 0.4 s, 58 s, 4 min 12 s, 2 h 05 min, 3 d 4 h. */
export function duration(ms: number): string {
  const seconds = ms / 1000;
  if (seconds < 0.95) return `${(Math.max(seconds, 0.1)).toFixed(1)}${THIN}s`;
  if (seconds < 59.5)
    return `${seconds < 9.95 && seconds % 1 >= 0.05 ? seconds.toFixed(1) : Math.round(seconds)}${THIN}s`;
  const whole = Math.round(seconds);
  if (whole < 3600) {
    const rest = whole % 60;
    return `${Math.floor(whole / 60)}${THIN}min${rest === 0 ? '' : ` ${rest}${THIN}s`}`;
  }
  const minutes = Math.round(seconds / 60);
  if (minutes < 1440) return `${Math.floor(minutes / 60)}${THIN}h ${String(minutes % 60).padStart(2, '0')}${THIN}min`;
  const hours = Math.round(minutes / 60);
  return `${Math.floor(hours / 24)}${THIN}d ${hours % 24}${THIN}h`;
}

/** Time left as a clock: 0:19, 12:04, 2:03:10. */
export function clock(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  const two = (part: number) => String(part).padStart(2, '0');
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes}:${two(seconds % 60)}`;
  return `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(seconds % 60)}`;
}

const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Shortest unmistakable form in the local zone: 10:42 today, Fri 18:22 within a week, 3 Nov this year, 3 Nov 2025. */
export function when(time: number, now: number): string {
  const date = new Date(time);
  const today = new Date(now);
  const hour = `${String(date.getHours()).padStart(2, '0')}:${String(date.getMinutes()).padStart(2, '0')}`;
  const midnight = new Date(today.getFullYear(), today.getMonth(), today.getDate()).getTime();
  if (time >= midnight && time < midnight + 86_400_000) return hour;
  if (time < midnight && time >= midnight - 6 * 86_400_000) return `${days[date.getDay()]} ${hour}`;
  const day = `${date.getDate()} ${months[date.getMonth()]}`;
  return date.getFullYear() === today.getFullYear() ? day : `${day} ${date.getFullYear()}`;
}

/** In a sentence: "today 10:31", "Fri 18:22", "3 Nov 2025 18:22". */
export function whenLong(time: number, now: number): string {
  const short = when(time, now);
  if (/^\d\d:/.test(short)) return `today ${short}`;
  if (/:/.test(short)) return short;
  const date = new Date(time);
  return `${short} ${String(date.getHours()).padStart(2, '0')}:${String(date.getMinutes()).padStart(2, '0')}`;
}

/** A hash as people compare it: the first twelve digits in groups of four. */
export function shortHash(hash: string): string {
  return (hash.slice(0, 12).match(/.{1,4}/g) ?? []).join(' ');
}

/** One word agrees with its count: 1 run, 2 runs. */
export function plural(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`;
}
