/** A text with a few random changes, the same for the same seed: bytes flipped, cut, repeated, swapped or put in. */
export function mutate(text: string, random: () => number): string {
  let bytes = Buffer.from(text, 'latin1');
  const place = (): number => Math.floor(random() * (bytes.length + 1));
  for (let changes = 1 + Math.floor(random() * 6); changes > 0; changes--) {
    const at = place();
    const to = Math.min(bytes.length, at + Math.floor(random() ** 4 * 200));
    const kind = Math.floor(random() * 7);
    if (kind === 0 && bytes.length > 0) bytes[Math.min(at, bytes.length - 1)] = Math.floor(random() * 256);
    else if (kind === 1) bytes = bytes.subarray(0, at);
    else if (kind === 2) bytes = Buffer.concat([bytes.subarray(0, to), bytes.subarray(at)]);
    else if (kind === 3) bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(to)]);
    else
      bytes = Buffer.concat([
        bytes.subarray(0, at),
        Buffer.from(pieces[Math.floor(random() * pieces.length)]!, 'latin1'),
        bytes.subarray(at),
      ]);
  }
  return bytes.toString('latin1');
}

/** What a parser of YAML, of numbers or of lines could stumble over. */
const pieces = [
  '\n',
  '\r\n',
  '\t',
  '\0',
  ': ',
  '- ',
  '? ',
  '&a ',
  '*a ',
  '<<: *a\n',
  '!!binary ',
  '!!js/function ',
  '"',
  "'",
  '|\n',
  '>\n',
  '{',
  '}',
  '[',
  ']',
  '[[[[[[[[[[[[[[[[',
  '{a: {a: {a: {a: ',
  '%YAML 1.1\n',
  '---\n',
  '...\n',
  '#',
  'nan',
  'inf',
  '-inf',
  '1e999',
  '9'.repeat(40),
  '-',
  '0x1F',
  '1_000',
  '\u00ff\u00fe',
  '__proto__: {a: 1}\n',
  'constructor: x\n',
  ' '.repeat(500),
  'a'.repeat(3_000),
  '.',
  '..',
  '/',
  '~',
  'a: &a [x, x, x]\nb: &b [*a, *a, *a]\nc: [*b, *b, *b]\n',
];
