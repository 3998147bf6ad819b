import { type MaskedValue, maskedValues } from './environment-values.ts';
import { addressPatterns, keyPatterns } from './key-patterns.ts';

/** Text is bytes as Latin-1 here, so that output in any encoding comes out as it went in. */
export type Mask = {
  /** One line without its end, or several of them. */
  line(text: string): string;
  /** How many characters at the end of an unfinished text may be the beginning of something that must be masked. */
  open(text: string): number;
};

/** Takes names, passwords and tokens out of the addresses in a text of code; all else stays as it is. */
export function maskAddresses(bytes: Buffer): Buffer {
  const text = bytes.toString('latin1');
  let masked = text;
  for (const { pattern, shown } of addressPatterns) masked = masked.replace(pattern, shown as string);
  return masked === text ? bytes : Buffer.from(masked, 'latin1');
}

/** A longer word without a space is nobody's key. */
const longestHeld = 4_096;

/** Takes the values of `env`, and what is shaped like a key, out of a program's output. */
export function createMask(env: NodeJS.ProcessEnv): Mask {
  const values = maskedValues(env).map(
    ({ value, shown }): MaskedValue => ({
      value: Buffer.from(value, 'utf8').toString('latin1'),
      shown,
    }),
  );
  const byValue = new Map(values.map(({ value, shown }) => [value, shown]));
  const anyValue =
    values.length === 0
      ? null
      : new RegExp(values.map(({ value }) => value.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')).join('|'), 'g');
  let insideKey = false;

  const one = (line: string): string => {
    // A private key takes many lines.
    if (/-----BEGIN [A-Z ]*PRIVATE KEY/.test(line)) insideKey = true;
    if (insideKey) {
      if (/-----END [A-Z ]*PRIVATE KEY/.test(line)) insideKey = false;
      return '[masked: private key]';
    }
    let text = anyValue === null ? line : line.replace(anyValue, (value) => byValue.get(value)!);
    for (const { pattern, shown } of keyPatterns) text = text.replace(pattern, shown as string);
    return text;
  };

  return {
    // What comes after the last line's end is no line.
    line: (text) =>
      text
        .split('\n')
        .map((each, i, all) => (each === '' && i === all.length - 1 ? '' : one(each)))
        .join('\n'),
    open(text) {
      const word = Math.min(longestHeld, /\S*$/.exec(text)![0].length);
      const begun = values.map(({ value }) => begins(text, value));
      return Math.max(word, ...begun);
    },
  };
}

/** The length of the longest end of `text` that is a beginning of `value`, not all of it. */
function begins(text: string, value: string): number {
  for (let length = Math.min(text.length, value.length - 1); length > 0; length--) {
    if (value.startsWith(text.slice(text.length - length))) return length;
  }
  return 0;
}
