import { givenText, invalidValue, objectList, requiredText } from './fields.ts';
import { invalid, type MlflowError } from './mlflow-error.ts';
import type { Input } from './route.ts';

export const longestKey = 250;
/** Longer than elsewhere: some tags hold a JSON list that grows with the run. */
const longestTagValue = 65_536;
const longestExperimentTagValue = 20_000;
export const longestParamValue = 8_000;
const longestExperimentName = 500;
const longestRunName = 500;

/** Slash, letters and digits of any language, underscore, dot, hyphen, colon and space. */
const keyForm = /^[/\p{L}\p{N}_.\-: ]+$/u;

/** Checks the name of a metric, param or tag. Throws INVALID_PARAMETER_VALUE; keys are never cut. */
export function checkKey(key: string, name: string): string {
  const why = keyFault(key);
  if (why !== null) throw invalidValue(key, name, why);
  return key;
}

/** What is wrong with a key, null when it is well. */
export function keyFault(key: string): string | null {
  if (key.length > longestKey) return `Names must be at most ${longestKey} characters long`;
  if (!keyForm.test(key)) {
    return 'Names may only contain slashes, alphanumerics, underscores, periods, dashes, colons, and spaces';
  }
  if (!isPlainPath(key))
    return 'Names are like paths: without empty, "." and ".." parts, and without a slash at either end';
  return null;
}

/** A key must be its own normal form as a path: it may become the name of a file at someone who reads it. */
const isPlainPath = (key: string): boolean =>
  key.split('/').every((part) => part !== '' && part !== '.' && part !== '..');

/** Throws INVALID_PARAMETER_VALUE for a text that is longer than allowed. */
export function checkLength(value: string, longest: number, what: string): string {
  if (value.length > longest) throw tooLong(what, value.length, longest);
  return value;
}

/** Of a run or logged model; what is too long is cut, as every server of this protocol does by default. */
export const cutTagValue = (value: string): string => value.slice(0, longestTagValue);
export const checkExperimentTagValue = (value: string): string =>
  checkLength(value, longestExperimentTagValue, 'experiment tag value');
export const checkRunName = (value: string): string => checkLength(value, longestRunName, 'run name');

export function checkExperimentName(name: string): string {
  if (name.trim() === '')
    throw invalid("Invalid experiment name: it cannot be empty. Missing value for required parameter 'name'.");
  return checkLength(name, longestExperimentName, 'experiment name');
}

/** Tags of a request, checked; of one key the last counts. */
export function tagsOf(input: Input, check: (value: string) => string): { key: string; value: string }[] {
  const tags = new Map<string, string>();
  objectList(input, 'tags').forEach((tag, index) => {
    const at = `tags[${index}].`;
    tags.set(checkKey(requiredText(tag, 'key', at), `${at}key`), check(givenText(tag, 'value', at)));
  });
  return [...tags].map(([key, value]) => ({ key, value }));
}

function tooLong(what: string, length: number, longest: number): MlflowError {
  return invalid(`The ${what} has ${length} characters; at most ${longest} are allowed.`);
}
