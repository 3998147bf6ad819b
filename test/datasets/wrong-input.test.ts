import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { importTable } from '../../main/datasets/import-table.ts';
import type { SubjectChoice } from '../../main/datasets/subject-choice.ts';
import type { ErrorCode } from '../../shared/errors.ts';
import { bySubject, importFile, noSubject, testFolder, testVault, vaultState, write } from './support.ts';

const folder = testFolder();
const vault = testVault(folder);
const columns = (count: number) => Array.from({ length: count }, (_, i) => `c${i}`).join(',');
const png = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), randomBytes(200)]);

type Case = { what: string; content: string | Uint8Array; code: ErrorCode; says?: RegExp; subject?: SubjectChoice };
const cases: Case[] = [
  { what: 'an empty file', content: '', code: 'FILE_EMPTY' },
  { what: 'one column', content: 'a\n1\n2\n', code: 'TABLE_ONE_COLUMN' },
  { what: 'a header without rows', content: 'a,b\n\n', code: 'TABLE_NO_ROWS' },
  {
    what: 'a row with too few cells',
    content: 'a,b,c\n1,2,3\n\n1,2\n1,2,3\n',
    code: 'TABLE_RAGGED',
    says: /Row 4 has 2 cells where the header has 3/,
  },
  { what: 'a row with too many cells', content: 'a,b\n1,2\n1,2,3\n', code: 'TABLE_RAGGED', says: /Row 3 has 3 cells/ },
  {
    what: 'a quotation mark that never closes',
    content: 'a,b\n1,2\n"x,2\n1,2\n',
    code: 'TABLE_RAGGED',
    says: /Row 3 opens a quotation mark/,
  },
  { what: 'an image named .csv', content: png, code: 'FILE_BINARY', says: /PNG image/ },
  {
    what: 'a workbook named .csv',
    content: Buffer.from('504b030414000600', 'hex'),
    code: 'FILE_BINARY',
    says: /Excel/,
  },
  {
    what: 'bytes that are no text',
    content: Buffer.from(Array.from({ length: 3000 }, (_, i) => (i * 37) % 256)),
    code: 'FILE_BINARY',
  },
  {
    what: '10,000 columns',
    content: `${columns(10_000)}\n${columns(10_000)}\n`,
    code: 'TABLE_TOO_WIDE',
    says: /10,000 columns; at most 4,096/,
  },
  { what: 'two columns of one name', content: 'age,sex,age\n1,2,3\n', code: 'TABLE_DUPLICATE_COLUMNS', says: /"age"/ },
  {
    what: 'a subject column that is not there',
    content: 'a,b\n1,2\n',
    code: 'COLUMN_NOT_FOUND',
    subject: bySubject('id'),
  },
  {
    what: 'a subject column with missing ids',
    content: 'id,b\n1,2\n,3\nNA,4\n5,6\n',
    code: 'SUBJECT_MISSING',
    says: /2 rows have no value/,
    subject: bySubject('id'),
  },
];

describe('a bad file is refused with its own code and leaves the vault unchanged', () => {
  for (const { what, content, code, says, subject } of cases) {
    test(what, async () => {
      const before = vaultState(vault);
      const path = write(folder, content);
      await expect(importFile(vault, path, 'bad', subject ?? noSubject)).rejects.toMatchObject({
        code,
        message: expect.stringMatching(says ?? /./),
      });
      expect(vaultState(vault)).toEqual(before);
    });
  }

  test('a file that is not there, and a folder', async () => {
    await expect(importFile(vault, join(folder, 'none.csv'), 'bad')).rejects.toMatchObject({ code: 'FILE_NOT_FOUND' });
    await expect(importFile(vault, folder, 'bad')).rejects.toMatchObject({ code: 'FILE_UNREADABLE' });
  });

  test('a name with ../ or other characters that no file name should have', async () => {
    const before = vaultState(vault);
    const path = write(folder, 'a,b\n1,2\n');
    for (const name of ['../x', 'a/b', '', '.hidden', 'x'.repeat(101), 'ü']) {
      await expect(importFile(vault, path, name)).rejects.toMatchObject({ code: 'NAME_INVALID' });
    }
    expect(vaultState(vault)).toEqual(before);
  });

  test('a cancelled import', async () => {
    const before = vaultState(vault);
    const path = write(folder, `a,b\n${'1,2\n'.repeat(250_000)}`);
    const stop = new AbortController();
    const done = importTable(vault, {
      path,
      name: 'cancelled',
      subject: noSubject,
      signal: stop.signal,
      onProgress: ({ rows }) => {
        if (rows > 0) stop.abort();
      },
    });
    await expect(done).rejects.toMatchObject({ code: 'IMPORT_CANCELLED' });
    expect(vaultState(vault)).toEqual(before);
  });
});

test('as many columns as are allowed can be imported', async () => {
  const path = write(folder, `${columns(4096)}\n${columns(4096)}\n`);
  expect((await importFile(vault, path, 'wide')).columns).toHaveLength(4096);
});

test('a disk that takes no more is DISK_FULL and leaves the vault unchanged', async () => {
  const limited = testVault(folder, 'limited');
  const before = vaultState(limited);
  const path = write(folder, `a,b\n${'1.5,2.5\n'.repeat(600_000)}`);
  // A real failure of write: no file of the child may grow beyond 2 MB.
  const script = join(import.meta.dirname, 'import-script.ts');
  const run = () =>
    execFileSync('prlimit', ['--fsize=2000000', process.execPath, script, limited.dir, path, 'large'], {
      encoding: 'utf8',
    });
  expect(run().trim()).toBe('DISK_FULL');
  expect(vaultState(limited)).toEqual(before);
});

test('a vault whose folder cannot be written is VAULT_READ_ONLY', () => {
  const locked = testVault(folder, 'locked');
  const path = write(folder, 'a,b\n1,2\n');
  // Root may write anywhere, so the child gives root up once it is loaded.
  const user = process.getuid?.() === 0 ? '65534' : '';
  if (user !== '') execFileSync('chown', ['-R', `${user}:${user}`, folder]);
  const datasets = join(locked.dir, 'datasets');
  chmodSync(datasets, 0o500);
  try {
    const script = join(import.meta.dirname, 'import-script.ts');
    const said = execFileSync(process.execPath, [script, locked.dir, path, 'x', user], { encoding: 'utf8' });
    expect(said.trim()).toBe('VAULT_READ_ONLY');
  } finally {
    chmodSync(datasets, 0o700);
  }
});
