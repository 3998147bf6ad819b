import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Json, startTestServer, type TestServer } from './server-fixture.ts';

let it: TestServer;
beforeAll(async () => {
  it = await startTestServer();
});
afterAll(() => it.close());

/** Headers and bodies as mlflow 2.22 and 3.17 send them (docs/mlflow.md): int64 as numbers, NaN as text, both names of a run. */
const headers = {
  'User-Agent': 'mlflow-python-client/3.17.2',
  'Accept-Encoding': 'gzip, deflate',
  Accept: '*/*',
  Connection: 'keep-alive',
  'Content-Type': 'application/json',
};
const post = async (path: string, body: Json): Promise<Json> => {
  const reply = await it.send('POST', `/api/2.0/mlflow/${path}`, { headers, body: JSON.stringify(body) });
  expect([path, reply.status]).toEqual([path, 200]);
  expect(reply.headers['content-type']).toBe('application/json');
  return reply.json;
};

test('the calls of set_experiment, start_run, log_param, log_metrics, set_tag and end_run, in their order', async () => {
  const name = 'pneumonia %2F 1';
  const byName = () =>
    it.send('GET', `/api/2.0/mlflow/experiments/get-by-name?experiment_name=${encodeURIComponent(name)}`, { headers });
  expect((await byName()).json.error_code).toBe('RESOURCE_DOES_NOT_EXIST');
  const { experiment_id } = await post('experiments/create', { name });
  expect((await byName()).json.experiment.experiment_id).toBe(experiment_id);
  const { run } = await post('runs/create', {
    experiment_id,
    user_id: 'jdoe',
    start_time: 1_764_000_000_000,
    tags: [
      { key: 'mlflow.user', value: 'jdoe' },
      { key: 'mlflow.source.name', value: 'train.py' },
      { key: 'mlflow.source.type', value: 'LOCAL' },
    ],
    run_name: '',
  });
  const id = run.info.run_id;
  const both = { run_uuid: id, run_id: id };
  expect(await post('runs/log-parameter', { ...both, key: 'lr', value: '0.001' })).toEqual({});
  await post('runs/log-batch', {
    run_id: id,
    metrics: [
      { key: 'loss', value: 0.69, timestamp: 1_764_000_000_100, step: 0, model_id: null },
      { key: 'auc', value: 'NaN', timestamp: 1_764_000_000_100, step: 0 },
    ],
    params: [],
    tags: [],
  });
  await post('runs/log-metric', { ...both, key: 'loss', value: 0.42, timestamp: 1_764_000_001_000, step: 1 });
  await post('runs/set-tag', { ...both, key: 'stage', value: 'first' });
  const { run_info } = await post('runs/update', { ...both, status: 'FINISHED', end_time: 1_764_000_002_000 });
  expect(run_info).toMatchObject({ status: 'FINISHED', start_time: 1_764_000_000_000, end_time: 1_764_000_002_000 });
  const read = (await it.ok('GET', 'runs/get', { run_uuid: id, run_id: id })).run;
  expect(read.data.metrics).toEqual([
    { key: 'auc', value: 'NaN', timestamp: 1_764_000_000_100, step: 0 },
    { key: 'loss', value: 0.42, timestamp: 1_764_000_001_000, step: 1 },
  ]);
  expect(it.server.status().clients.map(({ name }) => name)).toContain('mlflow-python-client/3.17.2');
});

test('two processes that create one experiment at once: one is told that it exists, and finds it', async () => {
  const create = () => it.call('POST', 'experiments/create', { name: 'raced' });
  const replies = await Promise.all([create(), create(), create()]);
  expect(replies.filter(({ status }) => status === 200)).toHaveLength(1);
  for (const { status, json } of replies) if (status !== 200) expect(json.error_code).toBe('RESOURCE_ALREADY_EXISTS');
  expect((await it.ok('GET', 'experiments/get-by-name', { experiment_name: 'raced' })).experiment.name).toBe('raced');
});

test('many writers at once to one run lose nothing', async () => {
  const { run } = await it.ok('POST', 'runs/create', {});
  const run_id = run.info.run_id;
  const writer = async (k: number) => {
    for (let step = 0; step < 100; step++) {
      await it.ok('POST', 'runs/log-metric', {
        run_id,
        key: `loss/${k % 2}`,
        value: step + k / 10,
        timestamp: step,
        step,
      });
    }
  };
  await Promise.all(Array.from({ length: 8 }, (_, k) => writer(k)));
  for (const metric_key of ['loss/0', 'loss/1']) {
    const { metrics } = await it.ok('GET', 'metrics/get-history', { run_id, metric_key });
    expect(metrics).toHaveLength(400);
  }
});
