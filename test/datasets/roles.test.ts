import { describe, expect, test } from 'vitest';
import { findVersion } from '../../main/store/datasets.ts';
import { openTable } from '../../main/store/table/open-table.ts';
import type { ColumnProfile } from '../../shared/model/dataset.ts';
import { bySubject, importFile, testFolder, testVault, write } from './support.ts';

const folder = testFolder();
const vault = testVault(folder);
let names = 0;

/** Imports a table of 60 rows whose cells are given by row number, beside a plain number column. */
async function importColumns(columns: Record<string, (row: number) => string>, subject?: string) {
  const rows = Array.from({ length: 60 }, (_, row) => [
    ...Object.values(columns).map((cell) => cell(row)),
    String((row * 7) % 13),
  ]);
  const quote = (cell: string) => (/[",]/.test(cell) ? `"${cell}"` : cell);
  const text = [[...Object.keys(columns), 'plain'], ...rows].map((row) => row.map(quote).join(',')).join('\n');
  return importFile(
    vault,
    write(folder, text),
    `roles-${++names}`,
    subject === undefined ? undefined : bySubject(subject),
  );
}
const column = (version: { columns: ColumnProfile[] }, name: string) =>
  version.columns.find((one) => one.name === name)!;

const digits = (row: number, length: number) => String((row * 7919 + 1234567) % 10 ** length).padStart(length, '0');

describe('identifiers are recognised and never offered as features', () => {
  const cases: [what: string, name: string, cell: (row: number) => string, reason: RegExp][] = [
    ['names by the column', 'Last Name', (row) => `Smith${String.fromCharCode(97 + (row % 26))}`, /names of persons/],
    [
      'names by the cells',
      'who',
      (row) => `Müller, ${['Anna', 'Jörg', 'Li'][row % 3]} ${String.fromCharCode(65 + (row % 26))}.`,
      /names of persons/,
    ],
    ['medical record numbers', 'MRN', (row) => digits(row, 7), /medical record numbers/],
    ['record numbers by the cells', 'code', (row) => `KH-${digits(row, 8)}`, /record numbers/],
    ['dates of birth by the column', 'dateOfBirth', (row) => `19${40 + (row % 50)}-03-1${row % 10}`, /dates of birth/],
    ['dates of birth by the cells', 'datum', (row) => `1${row % 10}.03.${1938 + row}`, /dates of birth/],
    ['phone numbers by the column', 'phone', (row) => digits(row, 8), /phone numbers/],
    ['phone numbers by the cells', 'reach', (row) => `+49 30 ${digits(row, 7)}`, /phone numbers/],
    ['e-mail addresses by the cells', 'contact', (row) => `p${row}@example.org`, /e-mail addresses/],
    ['addresses', 'zip_code', (row) => digits(row, 5), /addresses/],
    ['social security numbers', 'ref', (row) => `${digits(row, 3)}-12-${digits(row, 4)}`, /national or insurance/],
    ['an id that is not the subject column', 'patient_id', (row) => `P${row % 20}`, /ids of persons/],
    ['running numbers', 'zeile', (row) => String(row + 1), /running number/],
    ['files', 'image', (row) => `images/scan_${row}.png`, /names files/],
  ];
  for (const [what, name, cell, reason] of cases) {
    test(what, async () => {
      const version = await importColumns({ [name]: cell });
      expect(column(version, name)).toMatchObject({
        role: 'identifier',
        remark: expect.stringMatching(reason),
        distribution: { kind: 'none' },
      });
      expect(version.warnings.map(({ code }) => code)).toContain('IDENTIFIER_COLUMN');
      expect(column(version, 'plain').role).toBe('feature');
    });
  }

  test('ordinary clinical columns are not mistaken for identifiers', async () => {
    const version = await importColumns({
      hospital_days: (row) => String(row % 20),
      smoking_status: (row) => ['never', 'former', 'current'][row % 3]!,
      platelets: (row) => String(150_000 + ((row * 7919) % 97) * 1000 + (row % 2)),
      drug_name: (row) => ['Aspirin', 'Heparin'][row % 2]!,
      icd: (row) => `I${20 + (row % 8)}.0`,
      bp: (row) => (110 + (row % 40) / 2).toFixed(1),
      birth_weight: (row) => String(2000 + ((row * 37) % 2000)),
    });
    for (const { name, role } of version.columns) expect([name, role]).toEqual([name, 'feature']);
  });
});

test('outcomes that belong together are named and are no features', async () => {
  const version = await importColumns({
    os_months: (row) => (row * 1.7).toFixed(1),
    vital_status: (row) => ['alive', 'dead'][row % 2]!,
    discharge_ward: (row) => ['a', 'b'][row % 2]!,
    time: (row) => String((row * 31) % 100),
  });
  expect(version.columns.map(({ role }) => role)).toEqual(['time', 'event', 'ignored', 'time', 'feature']);
  expect(column(version, 'time').remark).toBe('an outcome beside vital_status');
  expect(version.warnings.find(({ code }) => code === 'OUTCOME_COLUMNS')!.message).toMatch(
    /os_months, discharge_ward, time .* vital_status/,
  );
});

test('time alone is an ordinary column', async () => {
  const version = await importColumns({ time: (row) => String((row * 31) % 100) });
  expect(column(version, 'time').role).toBe('feature');
});

test('the site is part of the id: number 7 of one hospital is not number 7 of another', async () => {
  const version = await importColumns(
    { pid: (row) => String(row % 10), site: (row) => ['A', 'B'][Math.floor(row / 10) % 2]! },
    'pid',
  );
  expect([version.subjects, version.siteColumn]).toEqual([20, 'site']);
  const table = openTable(vault.dir, findVersion(vault.db, version.name, null));
  const subjects = table.subjects()!;
  expect([table.subjectLabel(subjects[0]!), table.subjectLabel(subjects[10]!)]).toEqual(['A/0', 'B/0']);
  expect(subjects[20]).toBe(subjects[0]);
  table.close();
});

test('types: integer by value, boolean for 0 and 1, dates, levels, leading zeros and long digits stay text', async () => {
  const version = await importColumns({
    whole: (row) => `${row * 3}.0`,
    yes: (row) => String(row % 2),
    logical: (row) => (row % 2 === 0 ? 'TRUE' : 'false'),
    day: (row) => `${(row % 28) + 1}/0${(row % 9) + 1}/2021`,
    unclear: (row) => `0${(row % 9) + 1}/0${(row % 9) + 1}/2021`,
    zeros: (row) => `00${row % 7}`,
    long: (row) => `1234567890123456789${row % 10}`,
    dotted: (row) => ['1', '.', '2.5', 'N/A', ''][row % 5]!,
  });
  expect(version.columns.map(({ type }) => type)).toEqual([
    'integer',
    'boolean',
    'boolean',
    'date',
    'category',
    'category',
    'category',
    'number',
    'integer',
  ]);
  expect(column(version, 'dotted')).toMatchObject({ missing: 36, distinct: 2 });
  const table = openTable(vault.dir, findVersion(vault.db, version.name, null));
  const day = table.column('day');
  expect(day.kind === 'numeric' && new Date(day.values[27]!).toISOString().slice(0, 10)).toBe('2021-01-28');
  table.close();
});

test('NaN and infinite cells among numbers refuse the import, by column, count and first row', async () => {
  const odd = { lab: (row: number) => ['1.5', 'NaN', 'inf', '-Infinity', ''][row] ?? String(row / 4) };
  await expect(importColumns(odd)).rejects.toMatchObject({
    code: 'NUMBER_NOT_FINITE',
    message: expect.stringContaining('lab (3 cells, first in row 2)'),
  });
});

test('nan in a column of texts is a missing cell', async () => {
  const version = await importColumns({ ward: (row) => (row === 1 ? 'nan' : ['north', 'south'][row % 2]!) });
  expect(column(version, 'ward')).toMatchObject({ type: 'category', missing: 1, distinct: 2 });
});

test('empty and constant columns are set aside, and repeated rows are counted', async () => {
  const version = await importColumns({
    nothing: () => '',
    same: () => 'x',
    some: (row) => (row < 40 ? '' : String(row % 3)),
  });
  expect(version.columns.map(({ role }) => role)).toEqual(['ignored', 'ignored', 'feature', 'feature']);
  const codes = version.warnings.map(({ code }) => code);
  expect(codes).toEqual(expect.arrayContaining(['MOSTLY_MISSING', 'CONSTANT_COLUMN', 'DUPLICATE_ROWS']));
});

test('a histogram counts every value once, and mean, sd and median are those of the cells', async () => {
  const version = await importColumns({ value: (row) => String(row / 2) });
  const { distribution } = column(version, 'value');
  if (distribution.kind !== 'histogram') throw new Error('no histogram');
  expect(distribution.counts.reduce((sum, count) => sum + count, 0)).toBe(60);
  expect(distribution).toMatchObject({ min: 0, max: 29.5, median: 14.75 });
  expect(distribution.mean).toBeCloseTo(14.75, 12);
  expect(distribution.sd).toBeCloseTo(8.732125, 6);
});

test('Latin-1 is read with a warning', async () => {
  const version = await importFile(
    vault,
    write(folder, Buffer.from('name;größe\nJörg;1,5\nUwe;2,5\n', 'latin1')),
    'latin',
  );
  expect(version.format).toMatchObject({ encoding: 'windows-1252', delimiter: ';', decimal: ',' });
  expect(version.columns.map(({ name, type }) => [name, type])).toEqual([
    ['name', 'category'],
    ['größe', 'number'],
  ]);
  expect(version.warnings.map(({ code }) => code)).toContain('LATIN1_ASSUMED');
});

test('a comma that may part thousands is not taken for a decimal mark', async () => {
  const version = await importFile(vault, write(folder, 'a\tb\n1,234\tx\n12,345\ty\n1,234\tx\n'), 'thousands');
  expect(version.format.decimal).toBe('.');
  expect(version.columns[0]!.type).toBe('category');
});
