import { afterAll, beforeAll, expect, test } from 'vitest';
import { newRun, startTestServer, type TestServer } from './server-fixture.ts';

let it: TestServer;
let run: string;
let experiment: string;
beforeAll(async () => {
  it = await startTestServer();
  ({ run, experiment } = await newRun(it));
});
afterAll(() => it.close());

const create = async (fields: Record<string, unknown> = {}, of = experiment) =>
  (await it.ok('POST', 'logged-models', { experiment_id: of, ...fields })).model;
const get = async (id: string) => (await it.ok('GET', `logged-models/${id}`)).model;
const found = async (fields: Record<string, unknown>, of = experiment): Promise<string[]> =>
  (await it.ok('POST', 'logged-models/search', { experiment_ids: [of], ...fields })).models.map(
    (model: { info: { name: string } }) => model.info.name,
  );

test('a model begins as pending with params, tags and a place for its files, and becomes ready', async () => {
  const { info, data } = await create({
    name: 'model',
    model_type: 'agent',
    source_run_id: run,
    params: [{ key: 'depth', value: '3' }],
    tags: [{ key: 'team', value: 'a' }],
  });
  expect(info).toMatchObject({
    model_id: expect.stringMatching(/^m-[0-9a-f]{32}$/),
    experiment_id: experiment,
    status: 'LOGGED_MODEL_PENDING',
    artifact_uri: `mlflow-artifacts:/${experiment}/models/${info.model_id}/artifacts`,
    source_run_id: run,
    tags: [{ key: 'team', value: 'a' }],
  });
  expect(data).toEqual({ params: [{ key: 'depth', value: '3' }], metrics: [] });
  const done = await it.ok('PATCH', `logged-models/${info.model_id}`, { status: 'LOGGED_MODEL_READY' });
  expect(done.model.info.status).toBe('LOGGED_MODEL_READY');
  const failed = await it.ok('PATCH', `logged-models/${info.model_id}`, { status: 3, status_message: 'no disk' });
  expect(failed.model.info).toMatchObject({ status: 'LOGGED_MODEL_UPLOAD_FAILED', status_message: 'no disk' });
});

test('its files are uploaded, listed and read under its own place', async () => {
  const { info } = await create({ name: 'files', source_run_id: run });
  const place = `/api/2.0/mlflow-artifacts/artifacts/${experiment}/models/${info.model_id}/artifacts`;
  expect((await it.send('PUT', `${place}/MLmodel`, { body: 'flavors: {}' })).status).toBe(200);
  expect((await it.send('PUT', `${place}/data/model.pkl`, { body: 'pickle' })).status).toBe(200);
  const listed = await it.ok('GET', `logged-models/${info.model_id}/artifacts/directories`);
  expect(listed.files).toEqual([
    { path: 'MLmodel', is_dir: false, file_size: 11 },
    { path: 'data', is_dir: true },
  ]);
  expect((await it.send('GET', `${place}/data/model.pkl`)).text).toBe('pickle');
  const file = `/ajax-api/2.0/mlflow/logged-models/${info.model_id}/artifacts/files?artifact_file_path=`;
  expect((await it.send('GET', `${file}MLmodel`)).headers['content-type']).toBe('application/octet-stream');
  expect((await it.send('GET', `${file}../MLmodel`)).json.message).toBe('Invalid path');
});

test('a param keeps its value, a tag is overwritten and deleted, deleting an absent one is 404', async () => {
  const { info } = await create({ name: 'pairs' });
  const path = `logged-models/${info.model_id}`;
  await it.ok('POST', `${path}/params`, { params: [{ key: 'p', value: '1' }] });
  await it.ok('POST', `${path}/params`, { params: [{ key: 'p', value: '1' }] });
  const changed = await it.call('POST', `${path}/params`, { params: [{ key: 'p', value: '2' }] });
  expect([changed.status, changed.json.error_code]).toEqual([400, 'INVALID_PARAMETER_VALUE']);
  await it.ok('PATCH', `${path}/tags`, { tags: [{ key: 'a/b', value: '1' }] });
  await it.ok('PATCH', `${path}/tags`, { tags: [{ key: 'a/b', value: '2' }] });
  expect((await get(info.model_id)).info.tags).toEqual([{ key: 'a/b', value: '2' }]);
  await it.ok('DELETE', `${path}/tags/a%2Fb`);
  expect((await it.call('DELETE', `${path}/tags/a%2Fb`)).json.error_code).toBe('RESOURCE_DOES_NOT_EXIST');
  expect((await get(info.model_id)).data.params).toEqual([{ key: 'p', value: '1' }]);
});

test('a metric that names a model is a metric of the run and of the model, a repeat once, NaN as NaN', async () => {
  const { info } = await create({ name: 'measured', source_run_id: run });
  const metric = { key: 'auc', value: 0.75, timestamp: 5, step: 2, model_id: info.model_id };
  const ofData = { ...metric, value: 'NaN', dataset_name: 'set', dataset_digest: 'd1' };
  await it.ok('POST', 'runs/log-batch', { run_id: run, metrics: [metric, ofData] });
  await it.ok('POST', 'runs/log-metric', { run_id: run, ...metric });
  expect((await get(info.model_id)).data.metrics).toEqual([
    { key: 'auc', value: 0.75, timestamp: 5, step: 2, model_id: info.model_id, run_id: run },
    { ...ofData, run_id: run },
  ]);
  const history = await it.ok('GET', 'metrics/get-history', { run_id: run, metric_key: 'auc' });
  const values = history.metrics.map((point: { value: unknown }) => point.value);
  expect(values).toHaveLength(2);
  expect(values).toEqual(expect.arrayContaining([0.75, 'NaN']));
  const unknown = { ...metric, model_id: `m-${'0'.repeat(32)}`, value: 1 };
  expect((await it.call('POST', 'runs/log-metric', { run_id: run, ...unknown })).status).toBe(404);
});

test('outputs and inputs of a run are its models, each once, and come with the run', async () => {
  const { info } = await create({ name: 'linked', source_run_id: run });
  for (let i = 0; i < 2; i++) {
    await it.ok('POST', 'runs/outputs', { run_id: run, models: [{ model_id: info.model_id, step: 4 }] });
    await it.ok('POST', 'runs/log-inputs', { run_id: run, models: [{ model_id: info.model_id }] });
  }
  const expected = {
    inputs: { dataset_inputs: [], model_inputs: [{ model_id: info.model_id }] },
    outputs: { model_outputs: [{ model_id: info.model_id, step: 4 }] },
  };
  expect((await it.ok('GET', 'runs/get', { run_id: run })).run).toMatchObject(expected);
  const searched = await it.ok('POST', 'runs/search', { experiment_ids: [experiment] });
  expect(searched.runs[0]).toMatchObject(expected);
});

test('a deleted model is gone for clients, unless they ask for deleted ones', async () => {
  const { info } = await create({ name: 'deleted' });
  await it.ok('DELETE', `logged-models/${info.model_id}`);
  expect((await it.call('GET', `logged-models/${info.model_id}`)).status).toBe(404);
  expect((await it.ok('GET', `logged-models/${info.model_id}`, { allow_deleted: true })).model.info.name).toBe(
    'deleted',
  );
  expect(await found({ filter: "name = 'deleted'" })).toEqual([]);
});

test('search: attributes, params, tags and metrics, by dataset, in any order, page by page', async () => {
  const { experiment_id: of } = await it.ok('POST', 'experiments/create', { name: 'searched' });
  const { run: owner } = await it.ok('POST', 'runs/create', { experiment_id: of });
  const measure = async (name: string, points: { dataset: string; value: number }[], depth: string) => {
    const model = await create(
      { name, source_run_id: owner.info.run_id, params: [{ key: 'depth', value: depth }] },
      of,
    );
    const metrics = points.map(({ dataset, value }, index) => ({
      key: 'auc',
      value,
      timestamp: index + 1,
      step: 0,
      model_id: model.info.model_id,
      dataset_name: dataset,
      dataset_digest: 'd',
    }));
    await it.ok('POST', 'runs/log-batch', { run_id: owner.info.run_id, metrics });
    return model.info.model_id as string;
  };
  const first = await measure('a', [{ dataset: 'x', value: 0.9 }], '3');
  await measure(
    'b',
    [
      { dataset: 'x', value: 0.5 },
      { dataset: 'y', value: 0.8 },
    ],
    '4',
  );
  await measure('c', [], '3');
  await it.ok('PATCH', `logged-models/${first}`, { status: 'LOGGED_MODEL_READY' });
  const byName = { order_by: [{ field_name: 'name' }] };
  const search = (fields: Record<string, unknown>) => found({ ...byName, ...fields }, of);

  expect(await search({})).toEqual(['a', 'b', 'c']);
  expect(await search({ filter: "params.depth = '3'" })).toEqual(['a', 'c']);
  expect(await search({ filter: "params.depth IN ('4', '5') AND metrics.auc > 0.7" })).toEqual(['b']);
  expect(await search({ filter: 'metrics.`auc` >= 0.9' })).toEqual(['a']);
  expect(await search({ filter: "status = 'READY'" })).toEqual(['a']);
  expect(await search({ filter: "name ILIKE 'A' OR name = 'b'" }).catch((error: Error) => error.message)).toContain(
    '400',
  );
  expect(await search({ filter: `source_run_id = '${owner.info.run_id}' AND creation_timestamp > 0` })).toHaveLength(3);
  expect(await search({ datasets: [{ dataset_name: 'x' }] })).toEqual(['a', 'b']);
  expect(await search({ filter: 'metrics.auc > 0.7', datasets: [{ dataset_name: 'x', dataset_digest: 'd' }] })).toEqual(
    ['a'],
  );
  const byMetric = (fields: Record<string, unknown>) =>
    search({ order_by: [{ field_name: 'metrics.auc', ...fields }, { field_name: 'name' }] });
  expect(await byMetric({})).toEqual(['b', 'a', 'c']);
  expect(await byMetric({ ascending: false })).toEqual(['a', 'b', 'c']);
  expect(await byMetric({ dataset_name: 'y' })).toEqual(['b', 'a', 'c']);
  const page = await it.ok('POST', 'logged-models/search', { experiment_ids: [of], max_results: 2, ...byName });
  expect(await search({ max_results: 2, page_token: page.next_page_token })).toEqual(['c']);
  for (const filter of ['params.depth > 3', "nothing = 'x'", "metrics.auc = 'x'", "datasets.name = 'x'"]) {
    const reply = await it.call('POST', 'logged-models/search', { experiment_ids: [of], filter });
    expect([filter, reply.status, reply.json.error_code]).toEqual([filter, 400, 'INVALID_PARAMETER_VALUE']);
  }
});

test('a run, model or file of another experiment is refused where this one is named', async () => {
  const other = await newRun(it);
  const before = it.server.status().refused.find(({ reason }) => reason === 'foreign-id')?.count ?? 0;
  const foreign = await it.call('POST', 'logged-models', { experiment_id: experiment, source_run_id: other.run });
  expect(foreign.status).toBe(400);
  const model = await create({ name: 'mine', source_run_id: run });
  const linked = await it.call('POST', 'runs/outputs', {
    run_id: other.run,
    models: [{ model_id: model.info.model_id }],
  });
  expect(linked.json.error_code).toBe('RESOURCE_DOES_NOT_EXIST');
  const place = `/api/2.0/mlflow-artifacts/artifacts/${other.experiment}/models/${model.info.model_id}/artifacts/x`;
  expect((await it.send('PUT', place, { body: 'x' })).status).toBe(404);
  expect(it.server.status().refused.find(({ reason }) => reason === 'foreign-id')?.count).toBe(before + 2);
});

test('a registered version holds the files of its model, which then stay as they are', async () => {
  const { info } = await create({ name: 'registered', source_run_id: run });
  const place = `/api/2.0/mlflow-artifacts/artifacts/${experiment}/models/${info.model_id}/artifacts`;
  await it.send('PUT', `${place}/MLmodel`, { body: 'first' });
  await it.ok('POST', 'registered-models/create', { name: 'risk' });
  const source = { name: 'risk', source: `models:/${info.model_id}`, model_id: info.model_id, run_id: run };
  const version = (await it.ok('POST', 'model-versions/create', source)).model_version;
  expect(version).toMatchObject({ version: '1', run_id: run, model_id: info.model_id, status: 'READY' });
  const uri = await it.ok('GET', 'model-versions/get-download-uri', { name: 'risk', version: '1' });
  expect(uri.artifact_uri).toBe(`mlflow-artifacts:/${experiment}/models/${info.model_id}/artifacts`);
  expect((await it.send('PUT', `${place}/MLmodel`, { body: 'first' })).status).toBe(200);
  expect((await it.send('PUT', `${place}/MLmodel`, { body: 'other' })).json.message).toContain('risk@v1');
  expect((await it.send('DELETE', place)).json.message).toContain('risk@v1');
  expect((await it.send('GET', `${place}/MLmodel`)).text).toBe('first');
});

test.each([
  'file:///etc/passwd',
  'http://127.0.0.1/x',
  'https://example.org/m',
  's3://bucket/m',
  '/etc/passwd',
  'dbfs:/m',
])('a version from %s is refused: no address is followed', async (source) => {
  await it.call('POST', 'registered-models/create', { name: 'sources' });
  const reply = await it.call('POST', 'model-versions/create', { name: 'sources', source, run_id: run });
  expect([reply.status, reply.json.error_code]).toEqual([400, 'INVALID_PARAMETER_VALUE']);
});
