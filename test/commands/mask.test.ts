import { expect, test } from 'vitest';
import { createMask } from '../../main/commands/launcher/mask.ts';
import { OutputLines } from '../../main/commands/launcher/output-lines.ts';

const env = {
  DB_PASSWORD: 'hunter2',
  HOSPITAL_SERVER: 'pacs01.ward.example',
  HOME: '/home/somebody',
  MODE: 'production',
  GREETING_KEY: 'grüße-aus-köln',
};

/** What is stored of an output that arrives in these pieces. */
function stored(...pieces: string[]): string {
  const lines = new OutputLines(createMask(env));
  const text = pieces.map((piece) => lines.push(Buffer.from(piece, 'utf8').toString('latin1'))).join('') + lines.end();
  return Buffer.from(text, 'latin1').toString('utf8');
}

test('values of the environment are masked, also when they arrive in two pieces; folders and plain words stay', () => {
  expect(stored('login hunter2 at pacs01.ward.example\n')).toBe(
    'login [masked: DB_PASSWORD] at [masked: HOSPITAL_SERVER]\n',
  );
  expect(stored('login hun', 'ter2\n')).toBe('login [masked: DB_PASSWORD]\n');
  expect(stored('/home/somebody/train.py in production\n')).toBe('/home/somebody/train.py in production\n');
  expect(stored('grüße-aus-köln ä\n')).toBe('[masked: GREETING_KEY] ä\n');
});

// Put together here, so that nothing in this file has the shape of a key itself.
const shaped: [string, string][] = [
  ['AWS', `AKIA${'ABCDEFGH12345678'}`],
  ['GitHub', `ghp_${'a1B2'.repeat(9)}`],
  ['Hugging Face', `hf_${'aBcD1'.repeat(7)}`],
  ['OpenAI', `sk-${'abc123XYZ-'.repeat(4)}`],
  ['web token', `eyJ${'hbGciOiJI'}.eyJ${'zdWIiOiIx'}.${'SflKxwRJSM'}`],
  ['random text', 'q7Zt0Pk2Wm9Xc4Vb8Nn1Ls6Jd3Hf5Gg0'],
];
test.each(shaped)('a string shaped like a key of %s is masked', (_whose, key) => {
  expect(stored(`using ${key} now\n`)).toBe('using [masked: key] now\n');
});

test('passwords in addresses and behind their names are masked, hashes and counts of tokens are not', () => {
  expect(stored('postgres://reader:swordfish@db:5432/x\n')).toBe('postgres://reader:[masked: key]@db:5432/x\n');
  expect(stored('{"api_key": "swordfish"}\n')).toBe('{"api_key": "[masked: key]"}\n');
  expect(stored('Authorization: Bearer swordfish-swordfish\n')).toContain('Bearer [masked: key]');
  const hash = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08';
  expect(stored(`sha256 ${hash}, token: 4096\n`)).toBe(`sha256 ${hash}, token: 4096\n`);
});

test('a private key is masked from its first line to its last', () => {
  const begin = `-----BEGIN ${'PRIVATE KEY'}-----`;
  const end = `-----END ${'PRIVATE KEY'}-----`;
  expect(stored(`before\n${begin}\nMIIEvQ\nabc\n`, `${end}\nafter\n`)).toBe(
    `before\n${'[masked: private key]\n'.repeat(4)}after\n`,
  );
});

test('of a line drawn over itself the last state is stored, and bytes of any encoding come out as they went in', () => {
  expect(stored(' 10 %\r 50 %', '\r 90 %\r', '100 %\r\nnext\r\n')).toBe('100 %\nnext\n');
  const lines = new OutputLines(createMask(env));
  const bytes = Buffer.from([0xff, 0xfe, 0x41, 0x0a]);
  expect(Buffer.from(lines.push(bytes.toString('latin1')), 'latin1')).toEqual(bytes);
});
