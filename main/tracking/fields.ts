import { MlflowError } from './mlflow-error.ts';
import type { Input } from './route.ts';

/**
 * Reads fields of a request by the rules of protobuf's JSON: a null is an absent field, whole numbers come as numbers or as text,
 * the non-finite ones as "NaN", "Infinity" and "-Infinity", names of an enumeration or its numbers. `at` is put before the
 * name in messages, such as `metrics[0].`. All throw INVALID_PARAMETER_VALUE.
 */

/** A whole number of 64 bits: a `bigint` only where a double is not exact. */
export type Int64 = number | bigint;

export function optionalText(input: Input, name: string, at = ''): string | undefined {
  const value = input[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string') throw invalidValue(value, `${at}${name}`);
  return value;
}

/** Present and not empty. */
export function requiredText(input: Input, name: string, at = ''): string {
  const value = optionalText(input, name, at);
  if (value === undefined || value === '') throw missingValue(`${at}${name}`);
  return value;
}

/** Present, but an empty text will do. */
export function givenText(input: Input, name: string, at = ''): string {
  const value = optionalText(input, name, at);
  if (value === undefined) throw missingValue(`${at}${name}`);
  return value;
}

const smallest = -(2n ** 63n);
const largest = 2n ** 63n - 1n;

export function optionalInt64(input: Input, name: string, at = ''): Int64 | undefined {
  const value = input[name];
  if (value === undefined || value === null) return undefined;
  const number = readInt64(value);
  if (number === null) throw invalidValue(value, `${at}${name}`);
  return number;
}

/** Null when the value is no whole number of 64 bits. */
export function readInt64(value: unknown): Int64 | null {
  if (typeof value === 'number') {
    if (Number.isSafeInteger(value)) return value === 0 ? 0 : value;
    return Number.isInteger(value) ? narrow(BigInt(value)) : null;
  }
  if (typeof value === 'bigint') return narrow(value);
  if (typeof value === 'string' && /^-?\d{1,20}$/.test(value)) return narrow(BigInt(value));
  return null;
}

function narrow(value: bigint): Int64 | null {
  if (value < smallest || value > largest) return null;
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

/** A whole number that a double holds, within limits; `fallback` when absent. */
export function intWithin(input: Input, name: string, low: number, high: number, fallback: number): number {
  const value = optionalInt64(input, name) ?? fallback;
  if (typeof value === 'bigint' || value < low || value > high) {
    throw new MlflowError(
      'INVALID_PARAMETER_VALUE',
      `Invalid value ${String(value)} for parameter '${name}' supplied: it must be at least ${low} and at most ${high}`,
    );
  }
  return value;
}

/** Null when the value is no double in the JSON of protobuf. */
export function readDouble(value: unknown): number | null {
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint') return Number(value);
  if (typeof value !== 'string') return null;
  if (value === 'NaN') return Number.NaN;
  if (value === 'Infinity') return Number.POSITIVE_INFINITY;
  if (value === '-Infinity') return Number.NEGATIVE_INFINITY;
  return /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(value) ? Number(value) : null;
}

export function requiredDouble(input: Input, name: string, at = ''): number {
  const value = input[name];
  if (value === undefined || value === null) throw missingValue(`${at}${name}`);
  const number = readDouble(value);
  if (number === null) throw invalidValue(value, `${at}${name}`);
  return number;
}

export function optionalBoolean(input: Input, name: string): boolean | undefined {
  const value = input[name];
  if (value === undefined || value === null) return undefined;
  if (value === true || value === 'true') return true;
  if (value === false || value === 'false') return false;
  throw invalidValue(value, name);
}

/** One of `names`, or its number: the names count from `first`. */
export function optionalEnum<T extends string>(
  input: Input,
  name: string,
  names: readonly T[],
  first = 1,
): T | undefined {
  const value = input[name];
  if (value === undefined || value === null) return undefined;
  const found =
    typeof value === 'number'
      ? names[value - first]
      : (names.find((one) => one === value) ?? names[/^\d{1,3}$/.test(String(value)) ? Number(value) - first : -1]);
  if (found === undefined) throw invalidValue(value, name);
  return found;
}

/** Every text of a list; one text alone is a list of one, as in a query. */
export function textList(input: Input, name: string): string[] {
  return list(input, name).map((value, index) => {
    if (typeof value !== 'string') throw invalidValue(value, `${name}[${index}]`);
    return value;
  });
}

/** Every object of a list. */
export function objectList(input: Input, name: string, at = ''): Input[] {
  return list(input, name, at).map((value, index) => {
    if (!isObject(value)) throw invalidValue(value, `${at}${name}[${index}]`);
    return value;
  });
}

export function isObject(value: unknown): value is Input {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function list(input: Input, name: string, at = ''): unknown[] {
  const value = input[name];
  if (value === undefined || value === null) return [];
  if (Array.isArray(value)) return value;
  if (typeof value === 'string') return [value];
  throw invalidValue(value, `${at}${name}`);
}

export function missingValue(name: string): MlflowError {
  return new MlflowError(
    'INVALID_PARAMETER_VALUE',
    `Missing value for required parameter '${name}'. The fields of each request are listed in docs/mlflow.md.`,
  );
}

export function invalidValue(value: unknown, name: string, why = ''): MlflowError {
  const text = typeof value === 'bigint' ? String(value) : JSON.stringify(value);
  const shown = text.length > 200 ? `${text.slice(0, 200)}…` : text;
  return new MlflowError(
    'INVALID_PARAMETER_VALUE',
    `Invalid value ${shown} for parameter '${name}' supplied${why === '' ? '' : `: ${why}`}`,
  );
}
