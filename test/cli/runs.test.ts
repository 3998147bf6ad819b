import { beforeAll, expect, test } from 'vitest';
import { inProcessClient } from '../../main/workers/in-process.ts';
import { newRun, runResult } from '../store/new-run-fixture.ts';
import { openTestVault, point, temporaryFolder } from '../store/vault-fixture.ts';
import { cliJson, runCli } from './run-cli.ts';

const dir = temporaryFolder();
let id: string;
let other: string;

beforeAll(async () => {
  const client = inProcessClient(openTestVault(dir));
  ({ id } = await client.call(
    'internal.createRun',
    newRun({ name: 'first', recipe: 'mlp', params: { lr: 0.1 }, tags: { site: 'A' } }),
  ));
  await client.call('internal.startRun', { id, engine: 'cpu', engineReason: 'r', device: 'CPU', documents: {} });
  await client.call('internal.appendPoints', {
    id,
    points: [point('train/loss', 0, 2, 0), point('train/loss', 1, Number.NaN, 1_500)],
  });
  const auc = { value: 0.87, low: 0.83, high: 0.91, method: 'DeLong', rows: 100, subjects: 90 };
  await client.call('internal.finishRun', {
    id,
    status: 'finished',
    reason: null,
    result: runResult({ estimates: { 'test/auc': auc } }),
  });
  ({ id: other } = await client.call('internal.createRun', newRun({ name: 'second', study: 'Two' })));
  await client.call('internal.finishRun', { id: other, status: 'failed', reason: 'It was a test.', result: null });
  await client.close();
});

test('runs lists, filters and sorts, with times in ISO 8601 and NaN as text', () => {
  expect(cliJson(dir, 'runs', '--filter', 'metrics.auc > 0.8', '--sort', 'metrics.auc:desc')).toEqual({
    total: 1,
    all: 2,
    next: null,
    runs: [
      expect.objectContaining({
        id,
        name: 'first',
        study: 'Default',
        status: 'finished',
        startedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
        params: { lr: 0.1 },
        metrics: { 'train/loss': 'NaN', 'test/auc': 0.87 },
        tags: { site: 'A' },
      }),
    ],
  });
});

test('runs goes on from a cursor', () => {
  const page = cliJson(dir, 'runs', '--limit', '1') as { runs: { id: string }[]; next: string };
  expect(page.runs.map((run) => run.id)).toEqual([other]);
  expect(cliJson(dir, 'runs', '--limit', '1', '--cursor', page.next)).toMatchObject({ runs: [{ id }], next: null });
});

test('runs prints the columns asked for to a person', () => {
  const { status, stdout } = runCli(dir, 'runs', '--columns', 'name,metrics.auc,tags.site');
  expect(status).toBe(0);
  expect(stdout.split('\n').map((line) => line.trim().split(/\s{2,}/))).toEqual([
    ['name', 'metrics.auc', 'tags.site'],
    ['second', '–', '–'],
    ['first', '0.87', 'A'],
    ['2 of 2 runs'],
    [''],
  ]);
});

test('a wrong filter ends with 1 and the code on both streams, a wrong option with 2', () => {
  const wrong = runCli(dir, 'runs', '--filter', 'metrcs.auc > 1', '--json');
  expect(wrong.status).toBe(1);
  expect(wrong.stderr).toMatch(/^error: FILTER_INVALID: There is no field metrcs.auc/);
  expect(JSON.parse(wrong.stdout)).toMatchObject({ error: { code: 'FILTER_INVALID' } });
  expect(runCli(dir, 'runs', '--limit', '0').status).toBe(2);
});

test('show tells everything about a run, which a part of its id names', () => {
  expect(cliJson(dir, 'show', id.slice(0, 10))).toMatchObject({
    id,
    params: { lr: 0.1 },
    metrics: { 'test/auc': 0.87 },
    estimates: { 'test/auc': { low: 0.83, method: 'DeLong' } },
    dataset: null,
    code: null,
    environment: null,
    hardware: null,
    artifacts: [],
  });
  expect(runCli(dir, 'show', 'ffff').stderr).toMatch(/^error: RUN_NOT_FOUND/);
});

test('metrics prints a series', () => {
  expect(cliJson(dir, 'metrics', id, 'train/loss')).toEqual({
    key: 'train/loss',
    count: 2,
    steps: [0, 1],
    values: [2, 'NaN'],
    times: ['1970-01-01T00:00:00.000Z', '1970-01-01T00:00:01.500Z'],
    downsampled: false,
  });
  expect(runCli(dir, 'metrics', id, 'nope').stderr).toMatch(/^error: METRIC_NOT_FOUND/);
});

test('tag, note, rename, bin and restore change a run', () => {
  expect(cliJson(dir, 'tag', other, 'site=B=C')).toEqual({ id: other, tags: { site: 'B=C' } });
  expect(cliJson(dir, 'tag', other, 'site=')).toEqual({ id: other, tags: {} });
  expect(runCli(dir, 'tag', other, '=B').stderr).toMatch(/^error: INPUT_INVALID/);
  cliJson(dir, 'note', other, 'look again');
  cliJson(dir, 'rename', other, 'later');
  expect(cliJson(dir, 'show', other)).toMatchObject({ note: 'look again', name: 'later' });
  expect(cliJson(dir, 'bin', id, other)).toEqual({ ids: [id, other] });
  expect(cliJson(dir, 'runs')).toMatchObject({ total: 0 });
  expect(cliJson(dir, 'runs', '--bin')).toMatchObject({ total: 2 });
  cliJson(dir, 'restore', id, other);
  expect(cliJson(dir, 'runs')).toMatchObject({ total: 2 });
});

test('study lists, makes and renames', () => {
  cliJson(dir, 'study', 'create', 'Three');
  cliJson(dir, 'study', 'rename', 'Three', 'Four');
  expect(cliJson(dir, 'study', 'list')).toMatchObject({
    studies: [
      { name: 'Default', runs: 1 },
      { name: 'Four', runs: 0 },
      { name: 'Two', runs: 1 },
    ],
  });
  expect(runCli(dir, 'study', 'create', 'Two').stderr).toMatch(/^error: NAME_TAKEN/);
});
