import { afterAll, beforeAll, expect, test } from 'vitest';
import { inProcessClient } from '../../main/workers/in-process.ts';
import { newRun, startTestServer, type TestServer } from './server-fixture.ts';

let it: TestServer;
beforeAll(async () => {
  it = await startTestServer();
});
afterAll(() => it.close());

test('a run is created with all that the client says of it, and is a run of the study', async () => {
  const { experiment_id } = await it.ok('POST', 'experiments/create', { name: 'Hearts' });
  const { run } = await it.ok('POST', 'runs/create', {
    experiment_id,
    user_id: 'jdoe',
    start_time: 1_700_000_000_123,
    run_name: 'first',
    tags: [
      { key: 'mlflow.source.name', value: '/home/jdoe/train.py' },
      { key: 'mlflow.note.content', value: 'a note' },
      { key: 'team', value: '' },
    ],
  });
  const { run_id } = run.info;
  expect(run_id).toMatch(/^[0-9a-f]{32}$/);
  expect(run.info).toEqual({
    run_id,
    run_uuid: run_id,
    run_name: 'first',
    experiment_id,
    user_id: 'jdoe',
    status: 'RUNNING',
    start_time: 1_700_000_000_123,
    artifact_uri: `mlflow-artifacts:/${experiment_id}/${run_id}/artifacts`,
    lifecycle_stage: 'active',
  });
  expect(run.data.tags).toEqual([
    { key: 'mlflow.source.name', value: '/home/jdoe/train.py' },
    { key: 'team', value: '' },
    { key: 'mlflow.runName', value: 'first' },
    { key: 'mlflow.note.content', value: 'a note' },
  ]);
  expect((await it.ok('GET', 'runs/get', { run_id })).run).toEqual(run);
  expect((await it.ok('GET', 'runs/get', { run_uuid: run_id })).run).toEqual(run);
  const shown = await inProcessClient(it.vault).call('runs.show', { id: run_id });
  expect(shown).toMatchObject({ study: 'Hearts', name: 'first', status: 'running', note: 'a note' });
});

test('a run without a name is given one, and its tag says the same', async () => {
  const { run } = await it.ok('POST', 'runs/create', {});
  expect(run.info).toMatchObject({ experiment_id: '0', run_name: expect.stringMatching(/^[a-z]+-[a-z]+-\d+$/) });
  expect(run.data.tags).toEqual([{ key: 'mlflow.runName', value: run.info.run_name }]);
});

test('the name of a run and its tag must agree when both are given', async () => {
  const tags = [{ key: 'mlflow.runName', value: 'by tag' }];
  const { run } = await it.ok('POST', 'runs/create', { tags });
  expect(run.info.run_name).toBe('by tag');
  expect((await it.call('POST', 'runs/create', { tags, run_name: 'by tag' })).status).toBe(200);
  expect((await it.call('POST', 'runs/create', { tags, run_name: 'other' })).json.error_code).toBe(
    'INVALID_PARAMETER_VALUE',
  );
});

test('a nested run names its parent, which the store knows too', async () => {
  const { run: parent, experiment } = await newRun(it);
  const { run } = await it.ok('POST', 'runs/create', {
    experiment_id: experiment,
    tags: [{ key: 'mlflow.parentRunId', value: parent }],
  });
  const shown = await inProcessClient(it.vault).call('runs.show', { id: run.info.run_id });
  expect(shown.parent).toBe(parent);
});

test('a run in an experiment that does not exist is RESOURCE_DOES_NOT_EXIST, and so is a run that does not', async () => {
  const reply = await it.call('POST', 'runs/create', { experiment_id: '4711' });
  expect([reply.status, reply.json.error_code]).toEqual([404, 'RESOURCE_DOES_NOT_EXIST']);
  const unknown = await it.call('GET', 'runs/get', { run_id: 'f'.repeat(32) });
  expect([unknown.status, unknown.json.error_code]).toEqual([404, 'RESOURCE_DOES_NOT_EXIST']);
  expect(unknown.json.message).toContain(`Run with id=${'f'.repeat(32)} not found`);
  const without = await it.call('GET', 'runs/get');
  expect(without.json.message).toContain("Missing value for required parameter 'run_id'");
});
