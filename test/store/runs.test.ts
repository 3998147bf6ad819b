import { afterEach, beforeEach, expect, test } from 'vitest';
import { latestRevision, readChanges } from '../../main/store/change.ts';
import { decodePredictions } from '../../main/store/predictions.ts';
import type { Vault } from '../../main/store/vault.ts';
import type { VaultClient } from '../../main/workers/client.ts';
import { inProcessClient } from '../../main/workers/in-process.ts';
import type { Estimate } from '../../shared/model/estimate.ts';
import type { PredictionColumns } from '../../shared/model/evaluation.ts';
import { newRun, runResult } from './new-run-fixture.ts';
import { openTestVault, point, temporaryFolder } from './vault-fixture.ts';

let vault: Vault;
let client: VaultClient;
beforeEach(() => {
  vault = openTestVault(temporaryFolder());
  client = inProcessClient(vault);
});
afterEach(() => client.close());

const started = { engine: 'cpu', engineReason: 'the only one here', device: 'CPU', documents: {} } as const;
const auc: Estimate = { value: 0.87, low: 0.83, high: 0.91, method: 'DeLong', rows: 100, subjects: 90 };
const unknown = 'f'.repeat(32);

test('a run goes from queued over running to finished and keeps all that it was given', async () => {
  const { id } = await client.call(
    'internal.createRun',
    newRun({
      study: ' Hearts ',
      name: 'first',
      recipe: 'logistic',
      task: 'binary',
      seed: 7,
      target: 'fstat',
      params: { strength: 0.1, penalty: 'l2', scale: true, big: 1e21 },
      tags: { site: 'A' },
      badges: ['no-subject-column'],
      documents: { features: ['age', 'bmi'] },
    }),
  );
  expect(await client.call('runs.show', { id })).toMatchObject({ status: 'queued', startedAt: null, engine: null });
  await client.call('internal.startRun', { id, ...started });
  await client.call('internal.progress', { id, done: 0.25, leftMs: 1234.5, rate: { value: 3, unit: 'epochs' } });
  expect(await client.call('runs.show', { id })).toMatchObject({
    status: 'running',
    progress: { done: 0.25, leftMs: 1235, rate: { value: 3, unit: 'epochs' } },
  });
  await client.call('internal.appendPoints', {
    id,
    points: [point('train/loss', 0, 1), point('train/loss', 1, Number.NaN)],
  });
  await client.call('internal.finishRun', {
    id,
    status: 'finished',
    reason: null,
    result: runResult({
      estimates: { 'test/auc': auc, 'test/mcc': { ...auc, value: null, low: null, high: Number.NaN } },
      artifacts: [{ path: 'model.json', bytes: 10, sha256: 'a'.repeat(64) }],
      badges: ['subjects-grouped', 'no-subject-column'],
    }),
  });
  const run = await client.call('runs.show', { id });
  expect(run).toMatchObject({
    id,
    name: 'first',
    study: 'Hearts',
    status: 'finished',
    reason: null,
    recipe: 'logistic',
    task: 'binary',
    seed: 7,
    target: 'fstat',
    engine: 'cpu',
    engineReason: 'the only one here',
    device: 'CPU',
    progress: null,
    features: ['age', 'bmi'],
    params: { strength: 0.1, penalty: 'l2', scale: true, big: 1e21 },
    tags: { site: 'A' },
    metrics: { 'train/loss': Number.NaN, 'test/auc': 0.87 },
    seriesKeys: ['train/loss'],
    badges: ['no-subject-column', 'subjects-grouped'],
    artifacts: [{ path: 'model.json', bytes: 10, sha256: 'a'.repeat(64) }],
  });
  expect(run.estimates).toEqual({ 'test/auc': auc, 'test/mcc': { ...auc, value: null, low: null, high: null } });
  expect(run.endedAt).toBeGreaterThanOrEqual(run.startedAt!);
});

test('a run that has ended neither starts nor ends again, and late progress changes nothing', async () => {
  const { id } = await client.call('internal.createRun', newRun({}));
  await client.call('internal.finishRun', { id, status: 'stopped', reason: 'Stopped by hand.', result: null });
  await expect(client.call('internal.startRun', { id, ...started })).rejects.toMatchObject({ code: 'RUN_NOT_RUNNING' });
  await expect(
    client.call('internal.finishRun', { id, status: 'finished', reason: null, result: null }),
  ).rejects.toMatchObject({ code: 'RUN_NOT_RUNNING' });
  await client.call('internal.progress', { id, done: 0.5, leftMs: null, rate: null });
  expect(await client.call('runs.show', { id })).toMatchObject({
    status: 'stopped',
    reason: 'Stopped by hand.',
    progress: null,
  });
});

test('a run of an unknown dataset or parent is not made, nor its study', async () => {
  await expect(
    client.call('internal.createRun', newRun({ study: 'New', dataset: { name: 'none', version: 1 } })),
  ).rejects.toMatchObject({ code: 'DATASET_NOT_FOUND' });
  await expect(client.call('internal.createRun', newRun({ parent: unknown }))).rejects.toMatchObject({
    code: 'RUN_NOT_FOUND',
  });
  expect(await client.call('studies.list', {})).toEqual([]);
});

test('a run without a study goes to Default, one without a name is called by its id', async () => {
  const { id } = await client.call('internal.createRun', newRun({ study: '  ', name: ' ' }));
  expect(await client.call('runs.show', { id })).toMatchObject({ study: 'Default', name: `run-${id.slice(0, 8)}` });
});

test('predictions come back exactly, with and without subjects and folds', async () => {
  const parts: PredictionColumns[] = [
    {
      part: 'oof',
      rows: 3,
      classes: 2,
      row: Int32Array.of(2, 0, 1),
      truth: Float64Array.of(1, 0, 1),
      scores: Float64Array.of(0.1, 1 / 3, Number.MIN_VALUE),
      subject: Int32Array.of(5, 5, 7),
      fold: Int16Array.of(0, 1, 2),
    },
    {
      part: 'test',
      rows: 2,
      classes: 3,
      row: Int32Array.of(9, 8),
      truth: Float64Array.of(2, 0),
      scores: Float64Array.of(0.2, 0.3, 0.5, 0.6, 0.3, 0.1),
      subject: null,
      fold: null,
    },
    {
      part: 'validation',
      rows: 0,
      classes: 2,
      row: new Int32Array(),
      truth: new Float64Array(),
      scores: new Float64Array(),
      subject: null,
      fold: null,
    },
  ];
  const { id } = await client.call('internal.createRun', newRun({}));
  const evaluation = {
    task: 'binary',
    classes: ['0', '1'],
    threshold: 0.5,
    thresholdRule: null,
    parts: [],
    folds: null,
  };
  await client.call('internal.finishRun', {
    id,
    status: 'finished',
    reason: null,
    result: runResult({ predictions: parts, documents: { evaluation } }),
  });
  expect(await client.call('runs.evaluation', { id })).toEqual({ evaluation, predictions: parts, looks: 0 });
  expect(await client.call('runs.look', { id })).toEqual({ looks: 1 });
  expect(await client.call('runs.look', { id })).toEqual({ looks: 2 });
});

test('a run without an evaluation says that it has none', async () => {
  const { id } = await client.call('internal.createRun', newRun({}));
  await expect(client.call('runs.evaluation', { id })).rejects.toMatchObject({ code: 'NO_PREDICTIONS' });
});

test('names, notes and tags change, are found by search, and every change is in the feed', async () => {
  const { id } = await client.call('internal.createRun', newRun({ name: 'old', params: { optimizer: 'adam' } }));
  const before = latestRevision(vault.db);
  await client.call('runs.rename', { id, name: ' Nightly ' });
  await client.call('runs.note', { id, note: 'drops Ödem patients' });
  await client.call('runs.tag', { ids: [id], key: 'site', value: 'A' });
  await client.call('runs.tag', { ids: [id], key: 'site', value: 'B' });
  await client.call('runs.tag', { ids: [id], key: 'owner', value: 'x' });
  await client.call('runs.tag', { ids: [id], key: 'owner', value: null });
  expect(await client.call('runs.show', { id })).toMatchObject({
    name: 'Nightly',
    note: 'drops Ödem patients',
    tags: { site: 'B' },
  });
  expect(latestRevision(vault.db) - before).toBe(6);
  expect(readChanges(vault.db, before)).toMatchObject({ nouns: ['run'], runs: [id] });
  const found = async (text: string) => (await client.call('runs.search', { text, limit: 10 })).map((run) => run.name);
  expect(await found('ödem night')).toEqual(['Nightly']);
  expect(await found('optimizer ad')).toEqual(['Nightly']);
  expect(await found('old')).toEqual([]);
  expect(await found('"; DROP TABLE run --')).toEqual([]);
  expect(await found('--')).toEqual([]);
});

test('an empty name is refused', async () => {
  const { id } = await client.call('internal.createRun', newRun({ name: 'kept' }));
  await expect(client.call('runs.rename', { id, name: '  ' })).rejects.toMatchObject({ code: 'NAME_INVALID' });
  expect((await client.call('runs.show', { id })).name).toBe('kept');
});

test('a change of several runs of which one is unknown changes none', async () => {
  const { id } = await client.call('internal.createRun', newRun({}));
  await client.call('internal.finishRun', { id, status: 'failed', reason: 'no', result: null });
  for (const change of [
    client.call('runs.tag', { ids: [id, unknown], key: 'a', value: 'b' }),
    client.call('runs.bin', { ids: [id, unknown] }),
    client.call('runs.restore', { ids: [id, unknown] }),
    client.call('runs.rename', { id: unknown, name: 'x' }),
    client.call('runs.note', { id: unknown, note: 'x' }),
    client.call('internal.appendLog', { id: unknown, text: 'x' }),
  ]) {
    await expect(change).rejects.toMatchObject({ code: 'RUN_NOT_FOUND' });
  }
  expect(await client.call('runs.show', { id })).toMatchObject({ tags: {}, binnedAt: null });
});

test('the bin takes ended runs out of every list and gives them back unchanged', async () => {
  const { id } = await client.call('internal.createRun', newRun({ name: 'one' }));
  await expect(client.call('runs.bin', { ids: [id] })).rejects.toMatchObject({ code: 'INPUT_INVALID' });
  await client.call('internal.finishRun', { id, status: 'failed', reason: 'no', result: null });
  const list = async (bin: boolean) =>
    (await client.call('runs.list', { study: null, filter: '', sort: null, limit: 10, cursor: null, bin })).runs.map(
      (run) => run.id,
    );
  await client.call('runs.bin', { ids: [id, id] });
  expect([await list(false), await list(true)]).toEqual([[], [id]]);
  expect(await client.call('runs.search', { text: 'one', limit: 10 })).toEqual([]);
  expect((await client.call('studies.list', {})).map((study) => study.runs)).toEqual([0]);
  await client.call('runs.restore', { ids: [id] });
  expect([await list(false), await list(true)]).toEqual([[id], []]);
});

test('studies are listed with their runs, made, renamed, and never twice', async () => {
  await client.call('internal.createRun', newRun({ study: 'b' }));
  expect(await client.call('studies.create', { name: ' A ' })).toMatchObject({ name: 'A', runs: 0 });
  await expect(client.call('studies.create', { name: 'A' })).rejects.toMatchObject({ code: 'NAME_TAKEN' });
  await expect(client.call('studies.create', { name: ' ' })).rejects.toMatchObject({ code: 'NAME_INVALID' });
  await client.call('studies.rename', { name: 'b', to: 'B' });
  await expect(client.call('studies.rename', { name: 'B', to: 'A' })).rejects.toMatchObject({ code: 'NAME_TAKEN' });
  await expect(client.call('studies.rename', { name: 'none', to: 'C' })).rejects.toMatchObject({
    code: 'STUDY_NOT_FOUND',
  });
  expect((await client.call('studies.list', {})).map(({ name, runs }) => [name, runs])).toEqual([
    ['A', 0],
    ['B', 1],
  ]);
});

test('predictions that an earlier version stored are read as before: their truth was 16 bits wide', () => {
  // Layout 1: header, one score, one row, one truth; each column padded to 8 bytes.
  const old = new ArrayBuffer(24 + 8 + 8 + 8);
  new Uint32Array(old, 0, 6).set([1, 1, 2, 1, 0, 0]);
  new Float64Array(old, 24, 1).set([0.25]);
  new Int32Array(old, 32, 1).set([7]);
  new Uint16Array(old, 40, 1).set([1]);
  expect(decodePredictions('test', new Uint8Array(old))).toEqual({
    part: 'test',
    rows: 1,
    classes: 2,
    row: Int32Array.of(7),
    truth: Float64Array.of(1),
    scores: Float64Array.of(0.25),
    subject: null,
    fold: null,
  });
});
