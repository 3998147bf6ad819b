import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ErrorCode } from '../../shared/errors.ts';
import { notRun } from '../not-run.ts';
import { type Contents, vaultContents } from './vault-contents.ts';
import { type Ended, jsonOf, oneJsonValue, program, start, wardbook } from './wardbook.ts';

const folder = mkdtempSync(join(tmpdir(), 'wardbook-wrong-'));
const vault = join(folder, 'vault');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let files = 0;
function write(content: string | Uint8Array): string {
  const path = join(folder, `table-${++files}.csv`);
  writeFileSync(path, content);
  return path;
}
const list = (count: number, cell: (i: number) => string): string =>
  Array.from({ length: count }, (_, i) => cell(i)).join(',');

/** The two forms of one failure: a line for a person on stderr, one value for a program on stdout. */
function expectFailure({ status, stdout, stderr }: Ended, code: ErrorCode): void {
  expect({ status, value: oneJsonValue(stdout) }).toMatchObject({ status: 1, value: { error: { code } } });
  expect(stderr).toMatch(new RegExp(`^error: ${code}: \\S.{20,}`, 'm'));
}

let before: Contents;
beforeAll(async () => {
  const rows = (target: (i: number) => string) =>
    `id,age,y\n${Array.from({ length: 60 }, (_, i) => `p${i},${30 + (i % 40)},${target(i)}`).join('\n')}\n`;
  await jsonOf(vault, 'dataset', 'import', write(rows(() => '1')), '--name', 'one-class', '--subject', 'id');
  await jsonOf(vault, 'dataset', 'import', write(rows(() => '')), '--name', 'all-missing', '--subject', 'id');
  before = vaultContents(vault);
});

describe('a wrong table is refused with its code, and the vault is as it was', () => {
  const named = ['--name', 'bad'];
  test.each<[string, string | Uint8Array, ErrorCode, string[]]>([
    ['an empty file', '', 'FILE_EMPTY', named],
    ['one column', 'age\n61\n70\n', 'TABLE_ONE_COLUMN', named],
    ['ragged rows', 'id,age\na,61\nb,70,1\n', 'TABLE_RAGGED', named],
    [
      'a binary file named .csv',
      Buffer.from(Array.from({ length: 4_000 }, (_, i) => (i * 37) % 256)),
      'FILE_BINARY',
      named,
    ],
    ['10,000 columns', `${list(10_000, (i) => `c${i}`)}\n${list(10_000, String)}\n`, 'TABLE_TOO_WIDE', named],
    ['duplicate column names', 'age,sex,age\n61,f,61\n', 'TABLE_DUPLICATE_COLUMNS', named],
    ['a subject column with missing ids', 'id,age\na,61\n,70\n', 'SUBJECT_MISSING', [...named, '--subject', 'id']],
    ['NaN and Infinity in numbers', 'id,age\na,61\nb,NaN\nc,Infinity\nd,50\n', 'NUMBER_NOT_FINITE', named],
    ['a dataset name with ../', 'id,age\na,61\n', 'NAME_INVALID', ['--name', '../bad']],
  ])('%s', async (_, content, code, options) => {
    expectFailure(await wardbook(vault, 'dataset', 'import', write(content), ...options), code);
    expect(vaultContents(vault)).toEqual(before);
  });

  test('a file that is not there', async () => {
    expectFailure(await wardbook(vault, 'dataset', 'import', join(folder, 'none.csv'), ...named), 'FILE_NOT_FOUND');
    expect(vaultContents(vault)).toEqual(before);
  });
});

test.each(['one-class', 'all-missing'])('a target with %s is refused and makes no run', async (dataset) => {
  const ended = await wardbook(vault, 'train', 'logistic', '--dataset', dataset, '--target', 'y', '--features', 'age');
  expectFailure(ended, 'TARGET_INVALID');
  expect(vaultContents(vault)).toEqual(before);
});

test('two imports of one file at once both succeed and make one version', async () => {
  const other = join(folder, 'twice');
  const path = write(`id,age\n${Array.from({ length: 100_000 }, (_, i) => `p${i},${i % 90}`).join('\n')}\n`);
  const args = ['dataset', 'import', path, '--name', 'both', '--subject', 'id'];
  const [first, second] = await Promise.all([jsonOf(other, ...args), jsonOf(other, ...args)]);
  expect(second).toEqual(first);
  expect(await jsonOf(other, 'dataset', 'list')).toMatchObject([{ name: 'both', versions: [{ version: 1 }] }]);
  expect(vaultContents(other).tables.dataset_version).toHaveLength(1);
  expect(await jsonOf(other, 'dataset', 'verify', 'both')).toMatchObject({ valid: true });
});

/** Runs what follows where `dir` is mounted read-only, for this process alone. */
function readOnlyMount(dir: string): string[] {
  const script = 'mount --bind "$0" "$0" && mount -o remount,ro,bind "$0" && exec "$@"';
  return ['unshare', process.getuid?.() === 0 ? '-m' : '-rm', 'sh', '-c', script, dir];
}
const works = ([command, ...args]: string[]): boolean => spawnSync(command!, args, { stdio: 'ignore' }).status === 0;

const canMount = works([...readOnlyMount(folder), 'true']);
if (!canMount) notRun('a vault on a read-only mount', 'this system or user may not mount');
describe.runIf(canMount)('on a read-only mount', () => {
  test.each([['dataset', 'import', write('id,age\na,61\nb,70\n'), '--name', 'bad'], ['runs']])(
    'a vault is refused: %s',
    async (...args) => {
      expectFailure(await start(vault, args, readOnlyMount(vault)).ended, 'VAULT_READ_ONLY');
      expect(vaultContents(vault)).toEqual(before);
    },
  );

  test('no vault is made', async () => {
    const closed = join(folder, 'closed');
    mkdirSync(closed);
    expectFailure(await start(join(closed, 'new'), ['runs'], readOnlyMount(closed)).ended, 'VAULT_READ_ONLY');
  });
});

// Root may write everywhere, so there the command runs as somebody else, who must be able to read the program.
const asRoot = process.getuid?.() === 0;
const ordinary = asRoot ? ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'] : [];
const canStepDown = works([...ordinary, process.execPath, program, '--version']);
if (!canStepDown) notRun('a vault without the right to write', 'an ordinary user cannot run the program from here');
test.runIf(canStepDown)('a vault whose folder this user may not write is refused', async () => {
  const protect = (owner: string, folderMode: number, fileMode: number) => {
    if (asRoot) execFileSync('chown', ['-R', owner, folder]);
    for (const each of ['.', 'datasets', 'locks']) chmodSync(join(vault, each), folderMode);
    chmodSync(join(vault, 'wardbook.db'), fileMode);
  };
  const path = write('id,age\na,61\nb,70\n');
  protect('65534:65534', 0o500, 0o400);
  try {
    const ended = await start(vault, ['dataset', 'import', path, '--name', 'bad'], ordinary).ended;
    expectFailure(ended, 'VAULT_READ_ONLY');
  } finally {
    protect('0:0', 0o700, 0o600);
  }
  expect(vaultContents(vault)).toEqual(before);
});

test('a vault that is a file is refused', async () => {
  const path = write('id,age\na,61\n');
  expectFailure(await wardbook(path, 'runs'), 'VAULT_NOT_FOUND');
  expect(readFileSync(path, 'utf8')).toBe('id,age\na,61\n');
});
