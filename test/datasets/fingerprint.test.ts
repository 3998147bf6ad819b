import fc from 'fast-check';
import Papa from 'papaparse';
import { expect, test } from 'vitest';
import { findVersion } from '../../main/store/datasets.ts';
import { openTable } from '../../main/store/table/open-table.ts';
import { importFile, testFolder, testVault, write } from './support.ts';

const folder = testFolder();
const vault = testVault(folder);
let imports = 0;

const encoders = {
  'UTF-8': (text: string) => Buffer.from(text, 'utf8'),
  'UTF-8 with a mark': (text: string) => Buffer.from(`\ufeff${text}`, 'utf8'),
  'UTF-16LE': (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le'),
  'UTF-16BE': (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le').swap16(),
};

const numberCell = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.double({ min: -1000, max: 1000, noNaN: true }).map((value) => (value + 0.0005).toFixed(4)),
  },
  { weight: 1, arbitrary: fc.constant('') },
);
const textCell = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom('male', 'female', 'Ärzte', 'naïve; "quoted"', 'two, words', 'a | b', 'line\nline'),
  },
  { weight: 1, arbitrary: fc.constant('') },
  {
    weight: 1,
    arbitrary: fc.string({
      unit: fc.constantFrom('a', 'é', 'Z', ' ', '"', ',', ';', '|', '1', '日'),
      minLength: 1,
      maxLength: 8,
    }),
  },
);
const tableOf = fc.array(fc.tuple(fc.constantFrom<string[]>('p1', 'p2', 'p3'), numberCell, textCell), {
  minLength: 3,
  maxLength: 30,
});

/** What the cells hold once read: numbers, and texts without spaces around them. */
async function read(name: string) {
  const table = openTable(vault.dir, findVersion(vault.db, name, null));
  const cells = table.columns.map((column) => {
    const found = table.column(column.name);
    return Array.from({ length: table.rows }, (_, row) => {
      if (found.missing[row] === 1) return '';
      return found.kind === 'numeric' ? found.values[row]! : found.dictionary[found.codes[row]!]!;
    });
  });
  table.close();
  return cells;
}

test('a table reads back as it was written, and its fingerprint is the same in every delimiter, encoding and decimal mark', async () => {
  const form = fc.record({
    delimiter: fc.constantFrom(',', ';', '\t', '|'),
    encoding: fc.constantFrom(...(Object.keys(encoders) as (keyof typeof encoders)[])),
    newline: fc.constantFrom('\n', '\r\n'),
    comma: fc.boolean(),
    quotes: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(tableOf, form, async (rows, { delimiter, encoding, newline, comma, quotes }) => {
      const fixed: typeof rows = [['p0', '-0.1250', 'first'], ...rows];
      const plain = Papa.unparse([['id', 'lab value', 'text'], ...fixed], { newline: '\n' });
      const spelled = fixed.map(([id, value, text]) => [id, comma ? value.replace('.', ',') : value, text]);
      const other = Papa.unparse([['id', 'lab value', 'text'], ...spelled], { delimiter, newline, quotes });
      const name = `round-trip-${++imports}`;
      const one = await importFile(vault, write(folder, plain), name);
      const two = await importFile(vault, write(folder, encoders[encoding](other)), `${name}-other`);
      expect(two.format).toMatchObject({ delimiter, decimal: comma ? ',' : '.' });
      expect(two.hash).toBe(one.hash);
      const noValue = ['', '-', '.', '?'];
      expect(await read(`${name}-other`)).toEqual([
        fixed.map(([id]) => id),
        fixed.map(([, value]) => (value === '' ? '' : Number(value) + 0)),
        fixed.map(([, , text]) => (noValue.includes(text.trim()) ? '' : text.trim())),
      ]);
    }),
    { numRuns: 40, seed: 7 },
  );
});

test('the fingerprint changes with a cell, a name, the order of rows or columns, and missing is not zero', async () => {
  const texts = [
    'a,b\n1,x\n2,y\n',
    'a,b\n1,x\n3,y\n',
    'a,c\n1,x\n2,y\n',
    'a,b\n2,y\n1,x\n',
    'b,a\nx,1\ny,2\n',
    'a,b\n1,x\n,y\n',
    'a,b\n1,x\n0,y\n',
  ];
  const hashes = [];
  for (const [at, text] of texts.entries())
    hashes.push((await importFile(vault, write(folder, text), `changed-${at}`)).hash);
  expect(new Set(hashes).size).toBe(texts.length);
});

test('the fingerprint does not depend on where the reader cuts the file', async () => {
  // Several chunks, blocks of texts that end early, and a column that is refuted late.
  const row = (i: number) =>
    `${i},${i % 7 === 0 ? '' : (i / 8).toFixed(3)},${'w'.repeat(i % 300)} ${i},${i === 24_999 ? 'late' : i % 5}`;
  const rows = Array.from({ length: 25_000 }, (_, i) => row(i));
  const comma = ['n,x,text,late', ...rows].join('\n');
  const one = await importFile(vault, write(folder, comma), 'cut-1');
  const wide = Buffer.from(
    `\ufeff${['n|x|text|late', ...rows.map((line) => line.replaceAll(',', '|'))].join('\r\n')}`,
    'utf16le',
  );
  const two = await importFile(vault, write(folder, wide), 'cut-2');
  expect(two.hash).toBe(one.hash);
  expect(two.columns.map(({ type }) => type)).toEqual(['integer', 'number', 'text', 'category']);
  const [n, , text, late] = await read('cut-2');
  expect([n![24_999], text![1234], late![24_999], late![7]]).toEqual([24_999, `${'w'.repeat(34)} 1234`, 'late', '2']);
});
