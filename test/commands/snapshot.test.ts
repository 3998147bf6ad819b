import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { agreedSeed, seedsIn } from '../../main/commands/capture/seeds.ts';
import { takeSnapshot } from '../../main/commands/capture/snapshot.ts';

let repository: string;
let run: string;
beforeEach(() => {
  repository = mkdtempSync(join(tmpdir(), 'wardbook-repository-'));
  run = mkdtempSync(join(tmpdir(), 'wardbook-run-'));
  mkdirSync(join(run, 'job'));
});
afterEach(() => {
  for (const folder of [repository, run]) rmSync(folder, { recursive: true, force: true });
});

const git = (...args: string[]): string =>
  execFileSync('git', ['-c', 'user.name=T', '-c', 'user.email=t@example.org', ...args], {
    cwd: repository,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  }).trim();

const put = (path: string, text: string | Buffer): void => {
  mkdirSync(join(repository, path, '..'), { recursive: true });
  writeFileSync(join(repository, path), text);
};

const places = () => ({ scratch: join(run, 'job'), kept: join(run, 'artifacts') });

const zipped = (): Record<string, string> =>
  Object.fromEntries(
    Object.entries(unzipSync(readFileSync(join(run, 'artifacts', 'code.zip')))).map(([path, bytes]) => [
      path,
      strFromU8(bytes),
    ]),
  );

/** Every file of the repository's own folder, with its bytes and times. */
function stateOf(folder: string): string {
  const hash = createHash('sha256');
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true }).sort((a, b) =>
    join(a.parentPath, a.name) < join(b.parentPath, b.name) ? -1 : 1,
  )) {
    const path = join(entry.parentPath, entry.name);
    hash.update(`${path} ${statSync(path).mtimeMs} `);
    if (entry.isFile()) hash.update(readFileSync(path));
  }
  return hash.digest('hex');
}

test('a repository’s changed and untracked code is kept with commit and branch, ignored and large files are not, and the repository is untouched', async () => {
  git('init', '--quiet', '--initial-branch', 'work');
  put('.gitignore', 'data/\n*.pt\n');
  put('train.py', 'old\n');
  put('same.py', 'same\n');
  put('gone.py', 'gone\n');
  git('add', '.');
  git('commit', '--quiet', '-m', 'first');
  put('train.py', 'new\n');
  rmSync(join(repository, 'gone.py'));
  put('lib/net work.py', 'untracked\n');
  put('data/patients.csv', 'ignored\n');
  put('weights.pt', 'ignored\n');
  put('big.csv', Buffer.alloc(2 ** 20 + 1, 'a'));
  put('image.bin', Buffer.from([1, 0, 2]));
  // A touched file makes a careless `git status` write the index anew.
  writeFileSync(join(repository, 'same.py'), 'same\n');
  const before = stateOf(repository);

  const { snapshot, artifact, root } = await takeSnapshot(repository, ['python', 'same.py'], places(), process.env);
  expect(stateOf(repository)).toBe(before);
  expect(root).toBe(repository);
  expect(snapshot.git).toEqual({ commit: git('rev-parse', 'HEAD'), branch: 'work', changed: 2, untracked: 3 });
  expect(snapshot.deleted).toEqual(['gone.py']);
  expect(zipped()).toEqual({ 'train.py': 'new\n', 'lib/net work.py': 'untracked\n', 'same.py': 'same\n' });
  expect(snapshot.files.map(({ path, state }) => [path, state])).toEqual([
    ['train.py', 'changed'],
    ['lib/net work.py', 'untracked'],
    ['same.py', 'script'],
  ]);
  expect(snapshot.leftOut).toEqual([
    { path: 'big.csv', why: 'too-large' },
    { path: 'image.bin', why: 'not-text' },
  ]);
  expect(artifact?.sha256).toBe(
    createHash('sha256')
      .update(readFileSync(join(run, 'artifacts', 'code.zip')))
      .digest('hex'),
  );
});

test('outside a repository the code of the folder is kept, as its .gitignore lets through, and data are not', async () => {
  put('.gitignore', 'secret.py\n');
  put('train.py', 'code\n');
  put('secret.py', 'no\n');
  put('cohort.csv', 'id\n');
  const before = stateOf(repository);
  const { snapshot } = await takeSnapshot(repository, ['python', 'train.py'], places(), process.env);
  expect(stateOf(repository)).toBe(before);
  expect(snapshot.git).toBeNull();
  expect(Object.keys(zipped()).sort()).toEqual(['.gitignore', 'train.py']);
});

test('seeds are seen in arguments, variables and scripts, and are the run’s seed when they agree', () => {
  put('train.py', 'import torch\ntorch.manual_seed(7)\n# random.seed(9)\nx = f(random_state=7)\n');
  const seeds = seedsIn(['python', 'train.py', '--seed', '7', '--data-seed=7'], { PYTHONHASHSEED: '7' }, repository, [
    'train.py',
  ]);
  expect(seeds.map(({ where }) => where)).toEqual([
    'argument seed',
    'argument data-seed',
    'variable PYTHONHASHSEED',
    'train.py:2 torch.manual_seed',
    'train.py:4 random_state',
  ]);
  expect(agreedSeed(seeds)).toBe(7);
  expect(agreedSeed([...seeds, { where: 'elsewhere', value: 8 }])).toBeNull();
});
