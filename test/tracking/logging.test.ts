import { afterAll, beforeAll, expect, test } from 'vitest';
import { readWholeSeries } from '../../main/store/metrics/read.ts';
import { writtenPoints } from '../../main/store/tracking/history.ts';
import { inProcessClient } from '../../main/workers/in-process.ts';
import { type Json, newRun, startTestServer, type TestServer } from './server-fixture.ts';

let it: TestServer;
let run: string;
beforeAll(async () => {
  it = await startTestServer();
  ({ run } = await newRun(it));
});
afterAll(() => it.close());

const log = (fields: Record<string, unknown>) => it.call('POST', 'runs/log-metric', { run_id: run, ...fields });
const history = async (key: string): Promise<Json[]> =>
  (await it.ok('GET', 'metrics/get-history', { run_id: run, metric_key: key })).metrics;
const latest = async (key: string): Promise<Json> =>
  (await it.ok('GET', 'runs/get', { run_id: run })).run.data.metrics.find((one: Json) => one.key === key);
const invalid = (reply: { status: number; json: Json }) =>
  expect([reply.status, reply.json.error_code]).toEqual([400, 'INVALID_PARAMETER_VALUE']);

test('a metric is in the history, in the run and in the runs table as soon as it is answered', async () => {
  expect((await log({ key: 'loss', value: 0.5, timestamp: 1000, step: 3 })).text).toBe('{}');
  expect(await history('loss')).toEqual([{ key: 'loss', value: 0.5, timestamp: 1000, step: 3 }]);
  expect(await latest('loss')).toEqual({ key: 'loss', value: 0.5, timestamp: 1000, step: 3 });
  expect((await inProcessClient(it.vault).call('runs.show', { id: run })).metrics['loss']).toBe(0.5);
});

test('several points of one step are kept, and an exact repeat is stored once', async () => {
  for (const value of [1, 2, 1, 2, 3]) await log({ key: 'same step', value, timestamp: 5, step: 0 });
  await log({ key: 'same step', value: 1, timestamp: 6, step: 0 });
  const points = await history('same step');
  expect(points.map(({ value, timestamp }) => [value, timestamp])).toEqual([
    [1, 5],
    [2, 5],
    [3, 5],
    [1, 6],
  ]);
});

test('a point that is sent again is not counted again', async () => {
  for (let i = 0; i < 3; i++) await log({ key: 'again', value: 1, timestamp: 5, step: 0 });
  await log({ key: 'again', value: 'NaN', timestamp: 6, step: 1 });
  await log({ key: 'again', value: 'NaN', timestamp: 6, step: 1 });
  expect(writtenPoints(it.vault.db, { run, key: 'again' })).toBe(2);
  expect(await history('again')).toHaveLength(2);
});

test('a param or tag that is too long is cut, as MLflow’s own server does, and nothing is refused', async () => {
  const long = 'x'.repeat(70_000);
  await it.ok('POST', 'runs/log-parameter', { run_id: run, key: 'long', value: long });
  await it.ok('POST', 'runs/set-tag', { run_id: run, key: 'long', value: long });
  await it.ok('POST', 'runs/log-batch', { run_id: run, tags: [{ key: 'long in a batch', value: long }] });
  const { params, tags } = (await it.ok('GET', 'runs/get', { run_id: run })).run.data;
  const lengthOf = (list: Json[], key: string) => list.find((one) => one.key === key).value.length;
  expect(lengthOf(params, 'long')).toBe(8_000);
  expect([lengthOf(tags, 'long'), lengthOf(tags, 'long in a batch')]).toEqual([65_536, 65_536]);
});

test('a batch sent twice changes nothing', async () => {
  const batch = {
    run_id: run,
    metrics: [0, 1, 2].map((step) => ({ key: 'twice', value: step / 3, timestamp: 10 + step, step })),
    params: [{ key: 'twice', value: 'x' }],
    tags: [{ key: 'twice', value: 'y' }],
  };
  for (let i = 0; i < 3; i++) await it.ok('POST', 'runs/log-batch', batch);
  expect(await history('twice')).toEqual(batch.metrics);
});

test('the latest value is the largest by step, then time, then value, not the last to arrive', async () => {
  await log({ key: 'order', value: 10, timestamp: 100, step: 5 });
  await log({ key: 'order', value: 99, timestamp: 900, step: 4 });
  expect((await latest('order')).value).toBe(10);
  await log({ key: 'order', value: 11, timestamp: 100, step: 5 });
  await log({ key: 'order', value: 9, timestamp: 100, step: 5 });
  expect((await latest('order')).value).toBe(11);
  await log({ key: 'order', value: 1, timestamp: 101, step: 5 });
  expect((await latest('order')).value).toBe(1);
});

test('in one batch the same rule chooses the latest value', async () => {
  const points = [
    [7, 1, 1],
    [7, 2, 5],
    [7, 2, 3],
    [6, 9, 9],
  ];
  const metrics = points.map(([step, timestamp, value]) => ({ key: 'batch order', step, timestamp, value }));
  await it.ok('POST', 'runs/log-batch', { run_id: run, metrics });
  expect((await latest('batch order')).value).toBe(5);
});

test('NaN and infinities come as text and go as text', async () => {
  for (const [step, value] of ['NaN', 'Infinity', '-Infinity', '1.5', '-2e-3'].entries()) {
    await log({ key: 'non-finite', value, timestamp: step, step });
  }
  expect((await history('non-finite')).map(({ value }) => value)).toEqual([
    'NaN',
    'Infinity',
    '-Infinity',
    1.5,
    -0.002,
  ]);
  await log({ key: 'nan', value: 'NaN', timestamp: 0 });
  expect((await latest('nan')).value).toBe('NaN');
});

test('a NaN that is logged twice is stored once', async () => {
  for (let i = 0; i < 2; i++) await log({ key: 'nan twice', value: 'NaN', timestamp: 3, step: 1 });
  expect(await history('nan twice')).toHaveLength(1);
});

test('whole numbers of 64 bits are exact beyond 2^53, as numbers and as text', async () => {
  const steps = ['9007199254740993', '9223372036854775807', '-9223372036854775808', '9007199254740992'];
  for (const step of steps) {
    const body = `{"run_id":"${run}","key":"big","value":1,"timestamp":1,"step":${step}}`;
    const reply = await it.send('POST', '/api/2.0/mlflow/runs/log-metric', {
      body,
      headers: { 'Content-Type': 'application/json' },
    });
    expect(reply.status).toBe(200);
  }
  await log({ key: 'big', value: 1, timestamp: 1, step: steps[0] });
  const query = `run_id=${run}&metric_key=big`;
  const { text } = await it.send('GET', `/api/2.0/mlflow/metrics/get-history?${query}`);
  expect([...text.matchAll(/"step":(-?\d+)/g)].map((match) => match[1])).toEqual([
    '-9223372036854775808',
    '9007199254740992',
    '9007199254740993',
    '9223372036854775807',
  ]);
  const shown = await it.send('GET', `/api/2.0/mlflow/runs/get?run_id=${run}`);
  expect(shown.text).toContain('"step":9223372036854775807');
  // A chart draws doubles: two of these steps are one there.
  expect(readWholeSeries(it.vault.db, run, 'big').count).toBe(3);
});

test('times beyond 2^53 are exact too, and numbers with a fraction stay doubles', async () => {
  const body = `{"run_id":"${run}","key":"late","value":0.12345678901234568,"timestamp":9007199254740993}`;
  const headers = { 'Content-Type': 'application/json' };
  await it.send('POST', '/api/2.0/mlflow/runs/log-metric', { body, headers });
  const { text } = await it.send('GET', `/api/2.0/mlflow/metrics/get-history?run_id=${run}&metric_key=late`);
  expect(text).toContain('"value":0.12345678901234568,"timestamp":9007199254740993,"step":0');
});

test('steps may be negative and are 0 when absent; times may not be negative', async () => {
  await log({ key: 'steps', value: 1, timestamp: 1, step: -5 });
  await log({ key: 'steps', value: 2, timestamp: 2 });
  expect((await history('steps')).map(({ step }) => step)).toEqual([-5, 0]);
  invalid(await log({ key: 'steps', value: 1, timestamp: -1 }));
});

test('a metric without key, value or time, or with another kind of value, is invalid', async () => {
  for (const fields of [
    { value: 1, timestamp: 1 },
    { key: 'a', timestamp: 1 },
    { key: 'a', value: 1 },
    { key: 'a', value: 'much', timestamp: 1 },
    { key: 'a', value: true, timestamp: 1 },
    { key: 'a', value: 1, timestamp: 1.5 },
    { key: 'a', value: 1, timestamp: 1, step: '1.5' },
    { key: 'a', value: 1, timestamp: 1, step: '9223372036854775808' },
    { key: 5, value: 1, timestamp: 1 },
  ]) {
    invalid(await log(fields));
  }
  expect((await log({ key: 'a', value: 1 })).json.message).toContain(
    "Missing value for required parameter 'timestamp'",
  );
});

test('keys may hold letters of any language, and must be plain paths', async () => {
  for (const key of ['précision', '模型/得分', 'a b-c_d.e:f', 'val/loss', '...', 'x'.repeat(250)]) {
    expect([key, (await log({ key, value: 1, timestamp: 1 })).status]).toEqual([key, 200]);
  }
  for (const key of ['a//b', 'a/', './a', '../a', '/a', '.', '..', 'a\\b', 'a\nb', 'a?', 'x'.repeat(251), '']) {
    invalid(await log({ key, value: 1, timestamp: 1 }));
  }
});

test('a batch that fails stores nothing of itself', async () => {
  const reply = await it.call('POST', 'runs/log-batch', {
    run_id: run,
    params: [{ key: 'atomic', value: '1' }],
    tags: [{ key: 'atomic', value: '1' }],
    metrics: [
      { key: 'atomic', value: 1, timestamp: 1 },
      { key: 'atomic', value: 1 },
    ],
  });
  invalid(reply);
  expect(reply.json.message).toContain('metrics[1].timestamp');
  await it.ok('POST', 'runs/log-parameter', { run_id: run, key: 'fixed', value: 'a' });
  const changed = {
    params: [
      { key: 'new', value: '1' },
      { key: 'fixed', value: 'b' },
    ],
    tags: [{ key: 'atomic', value: '1' }],
  };
  invalid(
    await it.call('POST', 'runs/log-batch', {
      run_id: run,
      ...changed,
      metrics: [{ key: 'atomic', value: 1, timestamp: 1 }],
    }),
  );
  const { data } = (await it.ok('GET', 'runs/get', { run_id: run })).run;
  expect(data.params.filter(({ key }: Json) => key === 'atomic' || key === 'new')).toEqual([]);
  expect(data.tags.filter(({ key }: Json) => key === 'atomic')).toEqual([]);
  expect(await history('atomic')).toEqual([]);
});

test('a request that fails takes nothing of its neighbours in the same transaction with it', async () => {
  const replies = await Promise.all([
    log({ key: 'together', value: 1, timestamp: 1 }),
    it.call('POST', 'runs/log-parameter', { run_id: run, key: 'fixed', value: 'other' }),
    it.call('POST', 'runs/log-parameter', { run_id: 'f'.repeat(32), key: 'a', value: 'b' }),
    log({ key: 'together', value: 2, timestamp: 2 }),
  ]);
  expect(replies.map(({ status }) => status)).toEqual([200, 400, 404, 200]);
  expect(await history('together')).toHaveLength(2);
});

test('the limits of a batch: 1,000 metrics, 100 params, 100 tags, 1,000 in all', async () => {
  const list = (count: number, item: (i: number) => object) => Array.from({ length: count }, (_, i) => item(i));
  const metric = (i: number) => ({ key: 'many', value: i, timestamp: i, step: i });
  const pair = (i: number) => ({ key: `many ${i}`, value: String(i) });
  const batch = (fields: object) => it.call('POST', 'runs/log-batch', { run_id: run, ...fields });
  invalid(await batch({ metrics: list(1_001, metric) }));
  invalid(await batch({ params: list(101, pair) }));
  invalid(await batch({ tags: list(101, pair) }));
  invalid(await batch({ metrics: list(1_000, metric), tags: list(1, pair) }));
  expect((await batch({ metrics: list(1_000, metric) })).status).toBe(200);
  expect(await history('many')).toHaveLength(1_000);
});

test('a param has one value: the same again is well, another is invalid and the first stays', async () => {
  const param = (key: string, value?: string) => it.call('POST', 'runs/log-parameter', { run_id: run, key, value });
  for (let i = 0; i < 2; i++) expect((await param('lr', '0.01')).text).toBe('{}');
  const other = await param('lr', '0.02');
  invalid(other);
  expect(other.json.message).toContain('Changing param values is not allowed');
  expect((await param('empty', '')).status).toBe(200);
  const { params } = (await it.ok('GET', 'runs/get', { run_id: run })).run.data;
  expect(params).toEqual(
    expect.arrayContaining([
      { key: 'lr', value: '0.01' },
      { key: 'empty', value: '' },
    ]),
  );
});

test('a param has up to 8,000 characters, and a longer one is cut', async () => {
  await it.ok('POST', 'runs/log-parameter', { run_id: run, key: 'long', value: 'x'.repeat(9_000) });
  const { params } = (await it.ok('GET', 'runs/get', { run_id: run })).run.data;
  expect(params.find(({ key }: Json) => key === 'long').value).toBe('x'.repeat(8_000));
});

test('a key twice in the params of one batch is invalid', async () => {
  const params = [
    { key: 'dup', value: '1' },
    { key: 'dup', value: '1' },
  ];
  const reply = await it.call('POST', 'runs/log-batch', { run_id: run, params });
  invalid(reply);
  expect(reply.json.message).toContain('Duplicate parameter keys');
});

test('tags overwrite, may be empty, and are deleted once', async () => {
  const set = (value: string) => it.ok('POST', 'runs/set-tag', { run_id: run, key: 'team', value });
  await set('a');
  await set('');
  await it.ok('POST', 'runs/set-tag', { run_id: run, key: 'bare' });
  const { tags } = (await it.ok('GET', 'runs/get', { run_id: run })).run.data;
  expect(tags).toContainEqual({ key: 'team', value: '' });
  expect(tags, 'without a value').toContainEqual({ key: 'bare', value: '' });
  await it.ok('POST', 'runs/delete-tag', { run_id: run, key: 'team' });
  const again = await it.call('POST', 'runs/delete-tag', { run_id: run, key: 'team' });
  expect([again.status, again.json.error_code]).toEqual([404, 'RESOURCE_DOES_NOT_EXIST']);
  expect(again.json.message).toContain('No tag with name: team');
});

test('the tags of name and note are the name and the note of the run', async () => {
  await it.ok('POST', 'runs/set-tag', { run_id: run, key: 'mlflow.runName', value: 'renamed' });
  await it.ok('POST', 'runs/set-tag', { run_id: run, key: 'mlflow.note.content', value: 'about it' });
  expect(await inProcessClient(it.vault).call('runs.show', { id: run })).toMatchObject({
    name: 'renamed',
    note: 'about it',
  });
  await it.ok('POST', 'runs/delete-tag', { run_id: run, key: 'mlflow.note.content' });
  expect((await inProcessClient(it.vault).call('runs.show', { id: run })).note).toBe('');
  await inProcessClient(it.vault).call('runs.rename', { id: run, name: 'by a person' });
  const { info, data } = (await it.ok('GET', 'runs/get', { run_id: run })).run;
  expect(info.run_name).toBe('by a person');
  expect(data.tags).toContainEqual({ key: 'mlflow.runName', value: 'by a person' });
});

test('the history of an unknown metric is empty, and that of an unknown run is not there', async () => {
  expect(await history('never logged')).toEqual([]);
  const reply = await it.call('GET', 'metrics/get-history', { run_id: 'f'.repeat(32), metric_key: 'a' });
  expect(reply.json.error_code).toBe('RESOURCE_DOES_NOT_EXIST');
});

test('a history is in the order of time, then step, then value', async () => {
  for (const [timestamp, step, value] of [
    [5, 1, 1],
    [1, 9, 1],
    [5, 0, 2],
    [5, 0, 1],
  ]) {
    await log({ key: 'sorted', timestamp, step, value });
  }
  expect((await history('sorted')).map(({ timestamp, step, value }) => [timestamp, step, value])).toEqual([
    [1, 9, 1],
    [5, 0, 1],
    [5, 0, 2],
    [5, 1, 1],
  ]);
});

test('a history comes in pages that hold every point once', async () => {
  const pages: Json[] = [];
  let page_token: string | undefined;
  do {
    const fields = { run_id: run, metric_key: 'many', max_results: 300, ...(page_token ? { page_token } : {}) };
    const reply = await it.ok('GET', 'metrics/get-history', fields);
    pages.push(reply.metrics);
    page_token = reply.next_page_token;
  } while (page_token !== undefined);
  expect(pages.map((page) => page.length)).toEqual([300, 300, 300, 100]);
  expect(pages.flat().map(({ step }) => step)).toEqual(Array.from({ length: 1_000 }, (_, i) => i));
  invalid(await it.call('GET', 'metrics/get-history', { run_id: run, metric_key: 'many', page_token: 'xyz' }));
});

test('histories of several runs at once: all points, or those at evenly spaced steps', async () => {
  const { run: other } = await newRun(it);
  const points = (id: string, count: number) =>
    it.ok('POST', 'runs/log-batch', {
      run_id: id,
      metrics: Array.from({ length: count }, (_, step) => ({ key: 'bulk', value: step, timestamp: step, step })),
    });
  await points(run, 10);
  await points(other, 20);
  const steps = async (run_ids: string[], fields: object = {}) => {
    const query = { run_ids, metric_key: 'bulk', max_results: 5, ...fields };
    const { metrics } = await it.ok('GET', 'metrics/get-history-bulk-interval', query);
    return [...new Set(metrics.map(({ step }: Json) => step))].sort((a, b) => Number(a) - Number(b));
  };
  expect(await steps([run])).toEqual([0, 2, 4, 6, 8, 9]);
  expect(await steps([run, other])).toEqual([0, 4, 8, 9, 12, 16, 19]);
  expect(await steps([other], { start_step: 5, end_step: 8, max_results: 100 })).toEqual([5, 6, 7, 8]);
  const bulk = await it.send(
    'GET',
    `/ajax-api/2.0/mlflow/metrics/get-history-bulk?run_id=${run}&run_id=${other}&metric_key=bulk`,
  );
  expect(bulk.json.metrics).toHaveLength(30);
  expect(new Set(bulk.json.metrics.map(({ run_id }: Json) => run_id))).toEqual(new Set([run, other]));
});

test('points survive the fold of the journal into chunks, every one of a step', async () => {
  for (let i = 0; i < 3; i++) {
    const metrics = Array.from({ length: 1_000 }, (_, k) => ({ key: 'folded', value: i, timestamp: k, step: k % 10 }));
    await it.ok('POST', 'runs/log-batch', { run_id: run, metrics });
  }
  const before = await history('folded');
  it.vault.metrics.close();
  expect(before).toHaveLength(3_000);
  expect(await history('folded')).toEqual(before);
});
