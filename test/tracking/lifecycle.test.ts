import { afterAll, beforeAll, expect, test } from 'vitest';
import { inProcessClient } from '../../main/workers/in-process.ts';
import { type Json, newRun, startTestServer, type TestServer } from './server-fixture.ts';

let it: TestServer;
beforeAll(async () => {
  it = await startTestServer();
});
afterAll(() => it.close());

const info = async (run_id: string): Promise<Json> => (await it.ok('GET', 'runs/get', { run_id })).run.info;
const code = (reply: { status: number; json: Json }) => [reply.status, reply.json.error_code];

test('a run ends with the state and time that the client says', async () => {
  for (const [status, ours] of [
    ['FINISHED', 'finished'],
    ['FAILED', 'failed'],
    ['KILLED', 'stopped'],
    ['SCHEDULED', 'queued'],
  ]) {
    const { run } = await newRun(it);
    const reply = await it.ok('POST', 'runs/update', { run_id: run, status, end_time: 5_000 });
    expect(reply.run_info).toMatchObject({ run_id: run, status, end_time: 5_000 });
    expect((await inProcessClient(it.vault).call('runs.show', { id: run })).status).toBe(ours);
  }
});

test('a state may come as its number, and one that does not exist is invalid', async () => {
  const { run } = await newRun(it);
  await it.ok('POST', 'runs/update', { run_id: run, status: 3 });
  expect((await info(run)).status).toBe('FINISHED');
  expect(code(await it.call('POST', 'runs/update', { run_id: run, status: 'DONE' }))).toEqual([
    400,
    'INVALID_PARAMETER_VALUE',
  ]);
});

test('only what an update names changes', async () => {
  const { run } = await newRun(it, { run_name: 'before' });
  await it.ok('POST', 'runs/update', { run_id: run, run_name: 'after' });
  expect(await info(run)).toMatchObject({ run_name: 'after', status: 'RUNNING' });
  await it.ok('POST', 'runs/update', { run_id: run, status: 'FINISHED', end_time: 7 });
  await it.ok('POST', 'runs/update', { run_id: run, run_name: 'later' });
  expect(await info(run)).toMatchObject({ run_name: 'later', status: 'FINISHED', end_time: 7 });
});

test('a run that goes on after its end runs again and has no end', async () => {
  const { run } = await newRun(it);
  await it.ok('POST', 'runs/update', { run_id: run, status: 'FINISHED', end_time: 7 });
  await it.ok('POST', 'runs/update', { run_id: run, status: 'RUNNING' });
  const now = await info(run);
  expect([now.status, now.end_time]).toEqual(['RUNNING', undefined]);
});

test('logging to a finished run works, to a deleted one it is invalid', async () => {
  const { run } = await newRun(it);
  const log = () => it.call('POST', 'runs/log-metric', { run_id: run, key: 'late', value: 1, timestamp: 1 });
  await it.ok('POST', 'runs/update', { run_id: run, status: 'FINISHED' });
  expect((await log()).status).toBe(200);
  await it.ok('POST', 'runs/delete', { run_id: run });
  const refused = await log();
  expect(code(refused)).toEqual([400, 'INVALID_PARAMETER_VALUE']);
  expect(refused.json.message).toContain("must be in the 'active' state");
  for (const [path, fields] of [
    ['runs/set-tag', { key: 'a', value: 'b' }],
    ['runs/log-parameter', { key: 'a', value: 'b' }],
    ['runs/log-batch', { metrics: [] }],
    ['runs/update', { status: 'RUNNING' }],
  ] as const) {
    expect([path, ...code(await it.call('POST', path, { run_id: run, ...fields }))]).toEqual([
      path,
      400,
      'INVALID_PARAMETER_VALUE',
    ]);
  }
});

test('delete and restore of a run may be sent twice; a deleted run can be read', async () => {
  const { run } = await newRun(it);
  for (let i = 0; i < 2; i++) await it.ok('POST', 'runs/delete', { run_id: run });
  expect((await info(run)).lifecycle_stage).toBe('deleted');
  for (let i = 0; i < 2; i++) await it.ok('POST', 'runs/restore', { run_id: run });
  expect((await info(run)).lifecycle_stage).toBe('active');
  expect(code(await it.call('POST', 'runs/delete', { run_id: 'f'.repeat(32) }))).toEqual([
    404,
    'RESOURCE_DOES_NOT_EXIST',
  ]);
});

test('a deleted run is in the bin of the app', async () => {
  const { run, experiment } = await newRun(it);
  await it.ok('POST', 'runs/delete', { run_id: run });
  expect((await inProcessClient(it.vault).call('runs.show', { id: run })).binnedAt).not.toBeNull();
  expect(experiment).toMatch(/^\d+$/);
});

test('delete and restore of an experiment take its runs along', async () => {
  const { run, experiment } = await newRun(it);
  await it.ok('POST', 'experiments/delete', { experiment_id: experiment });
  expect((await info(run)).lifecycle_stage).toBe('deleted');
  expect((await it.ok('GET', 'experiments/get', { experiment_id: experiment })).experiment.lifecycle_stage).toBe(
    'deleted',
  );
  expect(code(await it.call('POST', 'experiments/delete', { experiment_id: experiment }))).toEqual([
    404,
    'RESOURCE_DOES_NOT_EXIST',
  ]);
  const refused = await it.call('POST', 'runs/create', { experiment_id: experiment });
  expect(code(refused)).toEqual([400, 'INVALID_PARAMETER_VALUE']);
  await it.ok('POST', 'experiments/restore', { experiment_id: experiment });
  expect((await info(run)).lifecycle_stage).toBe('active');
  expect(code(await it.call('POST', 'experiments/restore', { experiment_id: experiment }))).toEqual([
    404,
    'RESOURCE_DOES_NOT_EXIST',
  ]);
});

test('the name of a deleted experiment stays taken, and the app does not list it', async () => {
  const { experiment_id } = await it.ok('POST', 'experiments/create', { name: 'gone' });
  await it.ok('POST', 'experiments/delete', { experiment_id });
  const again = await it.call('POST', 'experiments/create', { name: 'gone' });
  expect(code(again)).toEqual([400, 'RESOURCE_ALREADY_EXISTS']);
  expect(again.json.message).toContain('deleted');
  const { experiment } = await it.ok('GET', 'experiments/get-by-name', { experiment_name: 'gone' });
  expect(experiment.lifecycle_stage).toBe('deleted');
  const studies = await inProcessClient(it.vault).call('studies.list', {});
  expect(studies.map(({ name }) => name)).not.toContain('gone');
});

test('an experiment is renamed, not to a name that is taken, nor when it is deleted: no status that is retried', async () => {
  const { experiment } = await newRun(it);
  await it.ok('POST', 'experiments/update', { experiment_id: experiment, new_name: 'new name' });
  expect((await it.ok('GET', 'experiments/get', { experiment_id: experiment })).experiment.name).toBe('new name');
  expect(code(await it.call('POST', 'experiments/update', { experiment_id: experiment, new_name: 'Default' }))).toEqual(
    [400, 'BAD_REQUEST'],
  );
  await it.ok('POST', 'experiments/delete', { experiment_id: experiment });
  expect(code(await it.call('POST', 'experiments/update', { experiment_id: experiment, new_name: 'x' }))).toEqual([
    400,
    'INVALID_STATE',
  ]);
});

test('tags of an experiment are set, overwritten and deleted once', async () => {
  const { experiment: experiment_id } = await newRun(it);
  const set = (value: string) => it.call('POST', 'experiments/set-experiment-tag', { experiment_id, key: 'k', value });
  await set('a');
  await set('b');
  expect((await it.ok('GET', 'experiments/get', { experiment_id })).experiment.tags).toEqual([
    { key: 'k', value: 'b' },
  ]);
  await it.ok('POST', 'experiments/delete-experiment-tag', { experiment_id, key: 'k' });
  expect(code(await it.call('POST', 'experiments/delete-experiment-tag', { experiment_id, key: 'k' }))).toEqual([
    404,
    'RESOURCE_DOES_NOT_EXIST',
  ]);
  await it.ok('POST', 'experiments/delete', { experiment_id });
  expect(code(await set('c'))).toEqual([400, 'INVALID_PARAMETER_VALUE']);
});

test('experiments are searched by name, time and tags, in pages, the newest first', async () => {
  const made: string[] = [];
  for (const name of ['find me one', 'find me two', 'FIND ME three']) {
    const fields = { name, tags: [{ key: 'kind', value: name.slice(-3) }] };
    made.push((await it.ok('POST', 'experiments/create', fields)).experiment_id);
  }
  const names = async (fields: object, method = 'POST') =>
    ((await it.ok(method, 'experiments/search', { max_results: 100, ...fields })).experiments as Json[]).map(
      ({ name }) => name,
    );
  expect(await names({ filter: "name LIKE 'find%'", order_by: ['name ASC'] })).toEqual(['find me one', 'find me two']);
  expect(await names({ filter: "name ILIKE 'find%'", order_by: ['experiment_id DESC'] })).toEqual([
    'FIND ME three',
    'find me two',
    'find me one',
  ]);
  expect(await names({ filter: "tags.kind = 'two'" }, 'GET')).toEqual(['find me two']);
  expect(await names({ filter: "attribute.name != 'find me one' and tags.kind ILIKE 'O%'" })).toEqual([]);
  expect(await names({ filter: 'creation_time > 0 and last_update_time > 99999999999999' })).toEqual([]);
  expect(await names({ filter: `experiment_id = '${made[1]}'` })).toEqual(['find me two']);
  expect(await names({ filter: `experiment_id IN ('${made[0]}', '${made[1]}') AND tags.kind != 'one'` })).toEqual([
    'find me two',
  ]);
  expect(await names({ filter: "name ILIKE 'find%' AND tags.kind IS NOT NULL" })).toHaveLength(3);
  expect(await names({ filter: "name ILIKE 'find%' AND tags.other IS NULL" })).toHaveLength(3);
  await it.ok('POST', 'experiments/delete', { experiment_id: made[0] });
  expect(await names({ filter: "name LIKE 'find%'" })).toEqual(['find me two']);
  expect(await names({ filter: "name LIKE 'find%'", view_type: 'DELETED_ONLY' })).toEqual(['find me one']);
  expect(await names({ filter: "name LIKE 'find%'", view_type: 'ALL' })).toHaveLength(2);
  const first = await it.ok('POST', 'experiments/search', { max_results: 1, filter: "name ILIKE 'find%'" });
  const second = await it.ok('POST', 'experiments/search', {
    max_results: 1,
    filter: "name ILIKE 'find%'",
    page_token: first.next_page_token,
  });
  expect([...first.experiments, ...second.experiments]).toHaveLength(2);
  expect(second.next_page_token).toBeUndefined();
  for (const fields of [
    { filter: "id = '1'" },
    { filter: 'name = 1' },
    { max_results: 0 },
    { max_results: 50_001 },
    { order_by: ['tags.x'] },
  ]) {
    expect(code(await it.call('POST', 'experiments/search', fields))).toEqual([400, 'INVALID_PARAMETER_VALUE']);
  }
});

test('unknown fields are passed over, and a null is an absent field', async () => {
  const { run } = await it.ok('POST', 'runs/create', { novelty: { a: [1] }, run_name: null, experiment_id: '' });
  expect(run.info.experiment_id).toBe('0');
});

test('what the server can do besides is said to be off', async () => {
  const reply = await it.send('GET', '/api/3.0/mlflow/server-info');
  expect(reply.json).toMatchObject({ workspaces_enabled: false, multipart_uploads_enabled: false });
  expect((await it.send('GET', '/version')).text).toMatch(/^\d+\.\d+\.\d+/);
});
