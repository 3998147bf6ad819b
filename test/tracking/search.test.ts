import { afterAll, beforeAll, expect, test } from 'vitest';
import { transaction } from '../../main/store/open.ts';
import { addDatasetInputs, contextTag } from '../../main/store/tracking/datasets.ts';
import { findTrackedRun } from '../../main/store/tracking/read-runs.ts';
import { inProcessClient } from '../../main/workers/in-process.ts';
import { newRun as newRecipeRun, runResult } from '../store/new-run-fixture.ts';
import { type Json, startTestServer, type TestServer } from './server-fixture.ts';

let it: TestServer;
let experiment: string;
const ids: Record<string, string> = {};

beforeAll(async () => {
  it = await startTestServer();
  ({ experiment_id: experiment } = await it.ok('POST', 'experiments/create', { name: 'Search' }));
  const runs: [string, Record<string, number | string>, Record<string, string>, Record<string, string>][] = [
    ['a', { loss: 0.1, 'val/auc': 0.9 }, { lr: '0.01', model: 'ResNet' }, { team: 'Red' }],
    ['b', { loss: 0.2, 'val/auc': 'NaN' }, { lr: '0.1', model: 'resnet18' }, { team: 'blue' }],
    ['c', { loss: 0.3 }, { lr: '0.01' }, {}],
    ['d', { loss: 'Infinity', 'val/auc': 0.7 }, { model: 'VGG' }, { 'my tag': 'it is' }],
    ['e', {}, {}, {}],
  ];
  for (const [index, [name, metrics, params, tags]] of runs.entries()) {
    const pairs = (of: Record<string, string>) => Object.entries(of).map(([key, value]) => ({ key, value }));
    const fields = { experiment_id: experiment, run_name: name, start_time: 1000 + index, user_id: 'jdoe' };
    const { run } = await it.ok('POST', 'runs/create', { ...fields, tags: pairs(tags) });
    ids[name] = run.info.run_id;
    await it.ok('POST', 'runs/log-batch', {
      run_id: ids[name],
      metrics: Object.entries(metrics).flatMap(([key, value]) => [
        { key, value: 5, timestamp: 1, step: 0 },
        { key, value, timestamp: 2, step: 1 },
      ]),
      params: pairs(params),
    });
  }
  await it.ok('POST', 'runs/update', { run_id: ids['a'], status: 'FINISHED', end_time: 5_000 });
  await it.ok('POST', 'runs/update', { run_id: ids['b'], status: 'FAILED', end_time: 6_000 });
});
afterAll(() => it.close());

const nameOf = (id: string) => Object.keys(ids).find((name) => ids[name] === id);
async function found(fields: Record<string, unknown>): Promise<string> {
  const reply = await it.ok('POST', 'runs/search', { experiment_ids: [experiment], ...fields });
  return (reply.runs ?? []).map(({ info }: Json) => nameOf(info.run_id)).join('');
}
const sorted = async (filter: string) => [...(await found({ filter }))].sort().join('');
const refused = async (fields: Record<string, unknown>) => {
  const reply = await it.call('POST', 'runs/search', { experiment_ids: [experiment], ...fields });
  expect([fields, reply.status]).toEqual([fields, 400]);
  return reply.json;
};

test('metrics compare their latest value as numbers; NaN and missing ones never match', async () => {
  expect(await sorted('metrics.loss < 0.25')).toBe('ab');
  expect(await sorted('metrics.loss >= 0.3')).toBe('cd');
  expect(await sorted('metric.loss != 0.1')).toBe('bcd');
  expect(await sorted('metrics.`val/auc` > 0')).toBe('ad');
  expect(await sorted('metrics."val/auc" = 9e-1')).toBe('a');
  expect(await sorted('metrics.nobody != 1')).toBe('');
});

test('params and tags compare as text: =, !=, LIKE, ILIKE', async () => {
  expect(await sorted("params.lr = '0.01'")).toBe('ac');
  expect(await sorted('parameters.lr != "0.01"')).toBe('b');
  expect(await sorted("param.model LIKE 'ResNet%'")).toBe('a');
  expect(await sorted("params.model ilike 'RESNET%'")).toBe('ab');
  expect(await sorted("params.model LIKE '_GG'")).toBe('d');
  expect(await sorted("tags.team ILIKE 'RED'")).toBe('a');
  expect(await sorted("tag.`my tag` = 'it is'")).toBe('d');
  expect(await sorted('tags."mlflow.runName" = \'c\'')).toBe('c');
});

test('IS NULL and IS NOT NULL of params and tags, and of nothing else', async () => {
  expect(await sorted('params.lr IS NULL')).toBe('de');
  expect(await sorted('params.model is not null and tags.team IS NOT NULL')).toBe('ab');
  expect(await sorted("tags.`my tag` IS NULL AND run_name != 'a'")).toBe('bce');
  for (const filter of [
    'metrics.loss IS NULL',
    'run_name IS NULL',
    'params.lr IS',
    'params.lr IS NULLAND',
    'IS NULL',
  ]) {
    expect((await refused({ filter })).error_code).toBe('INVALID_PARAMETER_VALUE');
  }
});

test('attributes by all their names', async () => {
  expect(await sorted("status = 'FINISHED'")).toBe('a');
  expect(await sorted("attributes.status != 'RUNNING'")).toBe('ab');
  expect(await sorted('start_time > 1002')).toBe('de');
  expect(await sorted('attr.created >= 1003 and attribute.Created <= 1003')).toBe('d');
  expect(await sorted('end_time < 6000')).toBe('a');
  expect(await sorted("run_name LIKE '%'")).toBe('abcde');
  expect(await sorted("run.`run name` = 'b'")).toBe('b');
  expect(await sorted("user_id = 'jdoe'")).toBe('abcde');
  expect(await sorted(`artifact_uri LIKE '%${ids['c']}%'`)).toBe('c');
  expect(await sorted(`run_id = '${ids['d']}'`)).toBe('d');
});

test('IN and NOT IN of run ids, where a member with upper case is none', async () => {
  expect(await sorted(`run_id IN ('${ids['a']}', "${ids['b']}", '${ids['c']!.toUpperCase()}X')`)).toBe('ab');
  expect(await sorted(`attributes.run_id NOT IN ('${ids['a']}')`)).toBe('bcde');
  expect(await sorted(`run_id IN ('${'A'.repeat(32)}')`)).toBe('');
});

test('conditions are joined by AND, in any case', async () => {
  expect(await sorted("metrics.loss < 1 AND params.lr = '0.01' and run_name != 'c'")).toBe('a');
  expect(await sorted('')).toBe('abcde');
});

test('whatever is outside the grammar is invalid and says so', async () => {
  for (const filter of [
    "metrics.loss < 1 OR params.lr = '1'",
    '(metrics.loss < 1)',
    'metrics.loss < 1 AND',
    'metrics.loss',
    'metrics.loss << 1',
    'metrics.loss < 1; metrics.loss > 0',
    "metrics.loss < 'a'",
    'metrics.loss LIKE 1',
    'params.lr = 0.01',
    "params.lr > '0.01'",
    "params.lr IN ('a')",
    "status IN ('FINISHED')",
    "nothing = 'a'",
    "unknown.key = 'a'",
    "start_time = 'today'",
    "datasets.size = 'a'",
    "run_id IN 'a'",
    'run_id = a',
    "params.lr = 'it's'",
  ]) {
    expect((await refused({ filter })).error_code).toBe('INVALID_PARAMETER_VALUE');
  }
  expect((await refused({ filter: "metrics.loss < 1 OR run_id = 'a'" })).message).toContain(
    'Invalid clause(s) in filter string',
  );
  expect((await refused({ filter: 'params.lr = 0.01' })).message).toContain('quoted string value');
});

test('missing values are last in both directions, NaN before them', async () => {
  expect(await found({ order_by: ['metrics.`val/auc` ASC'] })).toBe('dabec');
  expect(await found({ order_by: ['metrics.`val/auc` DESC'] })).toBe('adbec');
  expect(await found({ order_by: ['metrics.loss DESC'] })).toBe('dcbae');
});

test('runs that are equal are ordered by start, the newest first; so are all without an order', async () => {
  expect(await found({})).toBe('edcba');
  expect(await found({ order_by: ['params.lr'] })).toBe('cabed');
  expect(await found({ order_by: ['params.lr DESC', 'metrics.loss desc'] })).toBe('bcade');
  expect(await found({ order_by: ['run_name'] })).toBe('abcde');
  expect(await found({ order_by: ['attributes.start_time ASC'] })).toBe('abcde');
});

test('an order outside the grammar, or with a field twice, is refused with a status that nobody retries', async () => {
  for (const entry of ['datasets.name', 'metrics.loss UPWARDS', 'nothing', 'metrics.loss ASC DESC']) {
    expect((await refused({ order_by: [entry] })).error_code).toBe('INVALID_PARAMETER_VALUE');
  }
  await refused({ order_by: ['metrics.loss', 'metric.loss DESC'] });
});

test('pages hold every run once, in every order, also when runs are added between them', async () => {
  for (const order_by of [[], ['metrics.loss DESC'], ['metrics.`val/auc`', 'params.lr DESC'], ['tags.team']]) {
    const whole = await found({ order_by });
    let names = '';
    let page_token: string | undefined;
    do {
      const reply: Json = await it.ok('POST', 'runs/search', {
        experiment_ids: [experiment],
        order_by,
        max_results: 2,
        ...(page_token === undefined ? {} : { page_token }),
      });
      names += reply.runs.map(({ info }: Json) => nameOf(info.run_id)).join('');
      page_token = reply.next_page_token;
    } while (page_token !== undefined);
    expect(names).toBe(whole);
  }
  const first = await it.ok('POST', 'runs/search', { experiment_ids: [experiment], max_results: 2 });
  const { run } = await it.ok('POST', 'runs/create', { experiment_id: experiment, start_time: 9_999 });
  const next = { experiment_ids: [experiment], max_results: 2, page_token: first.next_page_token };
  expect((await it.ok('POST', 'runs/search', next)).runs.map(({ info }: Json) => nameOf(info.run_id))).toEqual([
    'c',
    'b',
  ]);
  await it.ok('POST', 'runs/delete', { run_id: run.info.run_id });
  await refused({ page_token: 'xyz' });
});

test('the number of results has limits', async () => {
  expect(await found({ max_results: 3 })).toBe('edc');
  await refused({ max_results: 50_001 });
  await refused({ max_results: -1 });
});

test('a search sees what was logged a moment before, and values that changed', async () => {
  expect(await sorted('metrics.fresh > 0')).toBe('');
  await it.ok('POST', 'runs/log-metric', { run_id: ids['e'], key: 'fresh', value: 1, timestamp: 1 });
  expect(await sorted('metrics.fresh > 0')).toBe('e');
  await it.ok('POST', 'runs/log-metric', { run_id: ids['e'], key: 'fresh', value: -1, timestamp: 2, step: 1 });
  expect(await sorted('metrics.fresh > 0')).toBe('');
  await it.ok('POST', 'runs/set-tag', { run_id: ids['a'], key: 'mood', value: 'fine' });
  expect(await sorted("tags.mood = 'fine'")).toBe('a');
  await it.ok('POST', 'runs/delete-tag', { run_id: ids['a'], key: 'mood' });
  expect(await sorted("tags.mood = 'fine'")).toBe('');
});

test('deleted runs are found when they are asked for', async () => {
  await it.ok('POST', 'runs/delete', { run_id: ids['c'] });
  expect(await found({})).toBe('edba');
  expect(await found({ run_view_type: 'DELETED_ONLY', filter: 'metrics.loss > 0' })).toBe('c');
  expect(
    [...(await found({ run_view_type: 'ALL' }))]
      .filter((name) => name !== '')
      .sort()
      .join(''),
  ).toContain('abcde');
  await it.ok('POST', 'runs/restore', { run_id: ids['c'] });
  expect(await found({})).toBe('edcba');
});

test('only the experiments named are searched; none is none', async () => {
  expect(await found({ experiment_ids: [] })).toBe('');
  expect(await found({ experiment_ids: ['0'] })).toBe('');
  expect(await found({ experiment_ids: ['0', experiment] })).toBe('edcba');
});

test('what a recipe recorded is found and read by a client: params, series and held-out results', async () => {
  const client = inProcessClient(it.vault);
  const { id } = await client.call(
    'internal.createRun',
    newRecipeRun({ study: 'Search', params: { depth: 3, l2: 0.5 } }),
  );
  await client.call('internal.startRun', { id, engine: 'cpu', engineReason: 'x', device: 'CPU', documents: {} });
  await client.call('internal.appendPoints', { id, points: [{ key: 'train/loss', step: 1, value: 0.25, time: 7 }] });
  const estimate = { value: 0.87, low: 0.8, high: 0.9, method: 'DeLong', rows: 9, subjects: 9 } as const;
  const result = runResult({ estimates: { 'test/auc': estimate } });
  await client.call('internal.finishRun', { id, status: 'finished', reason: null, result });
  const filter = "params.depth = '3' and metrics.`test/auc` > 0.8 and metrics.`train/loss` = 0.25";
  const { runs } = await it.ok('POST', 'runs/search', { experiment_ids: [experiment], filter });
  expect(runs).toHaveLength(1);
  expect(runs[0].info).toMatchObject({ run_id: id, status: 'FINISHED', lifecycle_stage: 'active' });
  expect(runs[0].data.params).toEqual([
    { key: 'depth', value: '3' },
    { key: 'l2', value: '0.5' },
  ]);
  const history = await it.ok('GET', 'metrics/get-history', { run_id: id, metric_key: 'test/auc' });
  expect(history.metrics).toEqual([{ key: 'test/auc', value: 0.87, step: 0, timestamp: expect.any(Number) }]);
  await it.ok('POST', 'runs/update', { run_id: id, status: 'FAILED' });
  expect((await client.call('runs.show', { id })).status).toBe('finished');
});

test('datasets that runs read: name, digest and context, with IN', async () => {
  const log = (run: string, name: string, digest: string, context: string): void =>
    transaction(it.vault.db, () => {
      const { pk, study } = findTrackedRun(it.vault.db, run)!;
      const dataset = { name, digest, sourceType: 'local', source: '{}', schema: null, profile: null };
      addDatasetInputs(it.vault.db, pk, study, [{ dataset, tags: [{ key: contextTag, value: context }] }]);
    });
  log(ids['a']!, 'hearts', 'aaa', 'training');
  log(ids['b']!, 'hearts', 'bbb', 'eval');
  log(ids['c']!, 'lungs', 'ccc', 'training');
  expect(await sorted("dataset.name = 'hearts'")).toBe('ab');
  expect(await sorted("datasets.digest != 'aaa'")).toBe('bc');
  expect(await sorted("dataset.context = 'training' AND dataset.name LIKE 'h%'")).toBe('a');
  expect(await sorted("dataset.digest IN ('bbb', 'ccc')")).toBe('bc');
  expect(await sorted("dataset.name NOT IN ('hearts')")).toBe('c');
});
