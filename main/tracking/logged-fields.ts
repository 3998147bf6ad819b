import type { LoggedPoint, Pair } from '../store/tracking/log.ts';
import { invalidValue, missingValue, optionalText, readDouble, readInt64, requiredText } from './fields.ts';
import { checkKey, cutTagValue, longestParamValue } from './limits.ts';
import type { Input } from './route.ts';

/** Names seen to be well, so that a loop that logs the same ones does not pay for the check each time. */
const wellFormed = new Set<string>();
const mostRemembered = 10_000;

function checkedKey(input: Input, at: string): string {
  const key = input['key'];
  if (typeof key === 'string' && wellFormed.has(key)) return key;
  const checked = checkKey(requiredText(input, 'key', at), `${at}key`);
  if (wellFormed.size >= mostRemembered) wellFormed.clear();
  wellFormed.add(checked);
  return checked;
}

/** One point of a metric; `at` such as `metrics[0].`. Throws INVALID_PARAMETER_VALUE. */
export function pointOf(input: Input, at = ''): LoggedPoint {
  const key = checkedKey(input, at);
  const value = input['value'];
  if (value === undefined || value === null) throw missingValue(`${at}value`);
  const number = typeof value === 'number' ? value : readDouble(value);
  if (number === null) throw invalidValue(value, `${at}value`);
  const timestamp = input['timestamp'];
  if (timestamp === undefined || timestamp === null) throw missingValue(`${at}timestamp`);
  const time = readInt64(timestamp);
  if (time === null || time < 0) throw invalidValue(timestamp, `${at}timestamp`);
  const step = input['step'] === undefined || input['step'] === null ? 0 : readInt64(input['step']);
  if (step === null) throw invalidValue(input['step'], `${at}step`);
  return { key, value: number, time, step };
}

/** A param; a value that is too long is cut, as every server of this protocol does by default. */
export function paramOf(input: Input, at = ''): Pair {
  const value = optionalText(input, 'value', at) ?? '';
  return { key: checkedKey(input, at), value: value.slice(0, longestParamValue) };
}

export function tagOf(input: Input, at = ''): Pair {
  return { key: checkedKey(input, at), value: cutTagValue(optionalText(input, 'value', at) ?? '') };
}
