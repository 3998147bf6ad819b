import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { cohortCsv, vaultWith } from './cohort.ts';

const cli = join(import.meta.dirname, '..', '..', 'main', 'cli.ts');
let dir: string;
beforeAll(async () => {
  const made = await vaultWith(cohortCsv(200, 31), 'patient');
  dir = made.dir;
  await made.client.close();
});

type Json = Record<string, unknown>;
function wardbook(...args: string[]): { status: number | null; json: Json; stderr: string; stdout: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, '--vault', dir, '--json', ...args], {
    encoding: 'utf8',
  });
  return { status, json: stdout === '' ? {} : (JSON.parse(stdout) as Json), stderr, stdout };
}
const train = (...args: string[]) =>
  wardbook('train', 'logistic', '--dataset', 'cohort', '--target', 'outcome', ...args);

test('train prints exactly one JSON value with the promised fields; progress goes to stderr', () => {
  const { status, json, stdout, stderr } = train('--features', 'age,pressure,sex', '--folds', '4', '--seed', '3');
  expect(status).toBe(0);
  expect(stdout.trim().split('\n')).toHaveLength(1);
  expect(stderr).toMatch(/Training: 100 %/);
  expect(json).toMatchObject({
    id: expect.stringMatching(/^[0-9a-f]{32}$/),
    status: 'finished',
    engine: 'cpu',
    device: expect.any(String),
    durationMs: expect.any(Number),
    dataset: { name: 'cohort', version: 1, hash: expect.stringMatching(/^[0-9a-f]{64}$/) },
    split: {
      train: 200,
      validation: 0,
      test: 200,
      folds: 4,
      subjectsOverlap: 0,
      hash: expect.stringMatching(/^[0-9a-f]{64}$/),
    },
  });
  const { auc } = json.metrics as { auc: Json };
  expect(auc).toMatchObject({ subjects: 200, method: expect.stringContaining('DeLong') });
  expect(auc.low).toBeLessThan(auc.value as number);
  expect(auc.high).toBeGreaterThan(auc.value as number);
});

test('predictions gives the held-out rows with the ids of the persons, also as CSV', () => {
  const { id } = train('--split', '0.7/0.3').json as { id: string };
  const { rows } = wardbook('predictions', id).json as { rows: Json[] };
  expect(rows[0]).toMatchObject({
    subject: expect.stringMatching(/^P\d+$/),
    fold: null,
    split: 'test',
    truth: expect.stringMatching(/^(yes|no)$/),
    score: expect.any(Number),
  });
  const csv = spawnSync(process.execPath, [cli, '--vault', dir, 'predictions', id.slice(0, 8), '--csv'], {
    encoding: 'utf8',
  });
  const lines = csv.stdout.trim().split('\n');
  expect(lines[0]).toBe('row,subject,fold,split,truth,score');
  expect(lines).toHaveLength(rows.length + 1);
});

test('show tells what each feature is worth, in JSON and as text', () => {
  const { id } = train('--features', 'age,ward', '--split', '0.7/0.3', '--set', 'importance_repeats=3').json as {
    id: string;
  };
  const { importance } = wardbook('show', id).json as { importance: Json };
  expect(importance).toMatchObject({ metric: 'auc', repeats: 3, method: expect.stringContaining('DeLong') });
  expect((importance.features as Json[]).map(({ name }) => name)).toEqual(['age', 'ward']);
  const text = spawnSync(process.execPath, [cli, '--vault', dir, 'show', id], { encoding: 'utf8' }).stdout;
  expect(text).toMatch(/importance age +[+−-]?\d\.\d+ \[/);
});

test('recipes prints the declarations', () => {
  const recipes = wardbook('recipes').json as unknown as { id: string; task: string[]; params: { name: string }[] }[];
  const any = ['binary', 'multiclass', 'regression'];
  expect(recipes.map(({ id, task }) => [id, task])).toEqual([
    ['logistic', ['binary', 'multiclass']],
    ['linear', ['regression']],
    ['mlp', any],
    ['random-forest', any],
    ['gradient-boosting', any],
    ['cnn', any],
    ['fine-tune', any],
  ]);
  for (const { params } of recipes) {
    for (const param of params) {
      expect(Object.keys(param)).toEqual(expect.arrayContaining(['name', 'type', 'default', 'min', 'max', 'choices']));
    }
  }
});

describe('wrong wishes end with status 1, the code on both streams and no run', () => {
  test.each([
    [['--target', 'patient'], 'TARGET_INVALID'],
    [['--features', 'patient'], 'FEATURES_INVALID'],
    [['--drop', 'nothing'], 'COLUMN_NOT_FOUND'],
    [['--set', 'l2=-3'], 'PARAM_INVALID'],
    [['--set', 'l2'], 'PARAM_INVALID'],
    [['--set', 'depth=3'], 'PARAM_INVALID'],
    [['--split', '0.5/0.5/0.5'], 'SPLIT_INVALID'],
    [['--folds', '1'], 'SPLIT_INVALID'],
    [['--folds', '3', '--split', '0.5/0.5'], 'INPUT_INVALID'],
    [['--engine', 'abacus'], 'INPUT_INVALID'],
    [['--engine', 'webgpu'], 'ENGINE_UNAVAILABLE'],
    [['--time', 'age'], 'INPUT_INVALID'],
    [['--dataset', '../cohort'], 'NAME_INVALID'],
    [['--dataset', 'cohort@v9'], 'DATASET_NOT_FOUND'],
  ])('%j', (args, code) => {
    const before = wardbook('runs').json.total;
    const { status, json, stderr } = train(...args);
    expect([status, (json.error as Json).code]).toEqual([1, code]);
    expect(stderr).toMatch(new RegExp(`error: ${code}: `));
    expect(wardbook('runs').json.total).toBe(before);
  });

  test('wrong usage is status 2', () => {
    expect(wardbook('train', 'logistic').status).toBe(2);
  });
});

test.each([
  ['one class', 'a,b,y\n1,2,1\n2,3,1\n3,1,1\n4,4,1\n', 'TARGET_INVALID'],
  ['no values', 'a,b,y\n1,2,\n2,3,\n3,1,\n4,4,\n', 'TARGET_INVALID'],
])('a target with %s is refused', async (_, csv, code) => {
  const { dir: other, client } = await vaultWith(csv, null);
  await client.close();
  const args = [
    cli,
    '--vault',
    other,
    '--json',
    'train',
    'logistic',
    '--dataset',
    'cohort',
    '--target',
    'y',
    '--features',
    'a,b',
  ];
  const { status, stdout } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  expect([status, JSON.parse(stdout)]).toMatchObject([1, { error: { code } }]);
});

const long = [
  'train',
  'mlp',
  '--dataset',
  'cohort',
  '--target',
  'outcome',
  '--engine',
  'cpu',
  '--set',
  'epochs=10000',
  '--set',
  'patience=10000',
];
function startLong() {
  const child = spawn(process.execPath, [cli, '--vault', dir, '--json', ...long, '--set', 'hidden=256, 256'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (text) => {
    stdout += String(text);
  });
  child.stderr.on('data', (text) => {
    stderr += String(text);
  });
  const ended = new Promise<number | null>((resolve) => child.on('close', (code) => resolve(code)));
  const started = expect.poll(() => stderr, { timeout: 25_000 }).toMatch(/cpu: /);
  return { child, started, ended, stdout: () => stdout };
}

test('Ctrl-C ends with 130 and the run is kept as stopped', async () => {
  const { child, started, ended, stdout } = startLong();
  await started;
  child.kill('SIGINT');
  expect(await ended).toBe(130);
  const { id, status } = JSON.parse(stdout()) as { id: string; status: string };
  expect(status).toBe('stopped');
  expect(wardbook('show', id).json.status).toBe('stopped');
});

test('stop ends a run of another process', async () => {
  const { started, ended } = startLong();
  await started;
  const { runs } = wardbook('runs', '--filter', 'status = "running"').json as { runs: { id: string }[] };
  expect(wardbook('stop', runs[0]!.id).json).toMatchObject({ id: runs[0]!.id, status: 'stopped' });
  expect(await ended).toBe(130);
  expect(wardbook('stop', runs[0]!.id).json).toMatchObject({ error: { code: 'RUN_NOT_RUNNING' } });
});

test('a killed command leaves no trainer behind, and the next command says what happened to its run', async () => {
  const { child, started, ended } = startLong();
  await started;
  const trainers = () =>
    spawnSync('pgrep', ['-P', String(child.pid)], { encoding: 'utf8' })
      .stdout.trim()
      .split('\n')
      .filter(Boolean);
  const before = trainers().map(Number);
  expect(before.length).toBeGreaterThan(0);
  const { runs } = wardbook('runs', '--filter', 'status = "running"').json as { runs: { id: string }[] };
  child.kill('SIGKILL');
  await ended;
  const alive = (pid: number): boolean => {
    try {
      process.kill(pid, 0);
      return true;
    } catch {
      return false;
    }
  };
  await expect.poll(() => before.filter(alive), { timeout: 10_000 }).toEqual([]);
  const { reason, status } = wardbook('show', runs[0]!.id).json as { reason: string; status: string };
  expect([status, reason]).toEqual(['crashed', 'The command was closed or killed while this run was training.']);
});

test('doctor says what there is and why something is not, and makes no vault', () => {
  const missing = `${dir}-not-there`;
  const { stdout } = spawnSync(process.execPath, [cli, '--vault', missing, '--json', 'doctor'], { encoding: 'utf8' });
  const report = JSON.parse(stdout) as { engines: { id: string; available: boolean; reason: string }[] };
  expect(report).toMatchObject({
    version: expect.stringMatching(/^\d+\.\d+\.\d+/),
    host: { reason: expect.any(String) },
    gpus: expect.any(Array),
    vault: { path: missing, exists: false },
    keys: null,
    encryption: { vault: 'none' },
  });
  expect(report.engines.map(({ id }) => id)).toEqual(['tensorflow-gpu', 'webgpu', 'tensorflow', 'cpu']);
  for (const { reason } of report.engines) expect(reason).not.toBe('');
  expect(existsSync(missing)).toBe(false);
  expect(wardbook('doctor').json).toMatchObject({
    vault: { exists: true, datasets: 1 },
    keys: { protection: 'unprotected' },
  });
});
