import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from './server-fixture.ts';

let it: TestServer;
beforeAll(async () => {
  it = await startTestServer();
});
afterAll(() => it.close());

test('experiment 0 is there from the start and is called Default', async () => {
  const { experiment } = await it.ok('GET', 'experiments/get', { experiment_id: '0' });
  expect(experiment).toMatchObject({ experiment_id: '0', name: 'Default', lifecycle_stage: 'active' });
  const { experiment: named } = await it.ok('GET', 'experiments/get-by-name', { experiment_name: 'Default' });
  expect(named.experiment_id).toBe('0');
});

test('an experiment is created with its tags, once: a second time the name is taken', async () => {
  const { experiment_id } = await it.ok('POST', 'experiments/create', {
    name: 'Größe/précision 模型',
    artifact_location: 's3://elsewhere/bucket',
    tags: [{ key: 'mlflow.note.content', value: 'about it' }],
  });
  const { experiment } = await it.ok('GET', 'experiments/get', { experiment_id });
  expect(experiment).toMatchObject({
    name: 'Größe/précision 模型',
    artifact_location: `mlflow-artifacts:/${experiment_id}`,
    tags: [{ key: 'mlflow.note.content', value: 'about it' }],
  });
  expect(experiment.creation_time).toBeGreaterThan(Date.now() - 60_000);
  const again = await it.call('POST', 'experiments/create', { name: 'Größe/précision 模型' });
  expect([again.status, again.json.error_code]).toEqual([400, 'RESOURCE_ALREADY_EXISTS']);
  expect(again.json.message).toContain('already exists');
});

test('an experiment without a name, or with an empty one, is invalid', async () => {
  for (const fields of [{}, { name: '' }, { name: null }, { name: 'x'.repeat(501) }, { name: 5 }]) {
    const reply = await it.call('POST', 'experiments/create', fields);
    expect([reply.status, reply.json.error_code]).toEqual([400, 'INVALID_PARAMETER_VALUE']);
  }
  expect((await it.call('POST', 'experiments/create', {})).json.message).toContain(
    "Missing value for required parameter 'name'",
  );
});

test('what does not exist is RESOURCE_DOES_NOT_EXIST in 404, by id and by name', async () => {
  const byName = await it.call('GET', 'experiments/get-by-name', { experiment_name: 'nobody made it' });
  expect([byName.status, byName.json.error_code]).toEqual([404, 'RESOURCE_DOES_NOT_EXIST']);
  for (const experiment_id of ['12345', 'abc', '999999999999999999']) {
    const reply = await it.call('GET', 'experiments/get', { experiment_id });
    expect([experiment_id, reply.status, reply.json.error_code]).toEqual([
      experiment_id,
      404,
      'RESOURCE_DOES_NOT_EXIST',
    ]);
  }
  expect((await it.call('GET', 'experiments/get', { experiment_id: '../1' })).json.error_code).toBe(
    'INVALID_PARAMETER_VALUE',
  );
});

test('an unknown route is ENDPOINT_NOT_FOUND in 404, whatever the method', async () => {
  for (const [method, path] of [
    ['GET', '/api/2.0/mlflow/nothing'],
    ['GET', '/api/3.0/mlflow/traces/search'],
    ['POST', '/api/2.0/mlflow/experiments/get'],
    ['GET', '/index.html'],
    ['GET', '/api/2.0/mlflow/experiments/get/'],
    ['DELETE', '/'],
  ] as const) {
    const reply = await it.send(method, path);
    expect([path, reply.status, reply.json.error_code]).toEqual([path, 404, 'ENDPOINT_NOT_FOUND']);
  }
});

test('the routes of the browser prefix are the same', async () => {
  const reply = await it.send('GET', '/ajax-api/2.0/mlflow/experiments/get?experiment_id=0');
  expect(reply.json.experiment.name).toBe('Default');
});
