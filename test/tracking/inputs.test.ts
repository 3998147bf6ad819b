import { afterAll, beforeAll, expect, test } from 'vitest';
import { newRun, startTestServer, type TestServer } from './server-fixture.ts';

let it: TestServer;
beforeAll(async () => {
  it = await startTestServer();
});
afterAll(() => it.close());

const dataset = (name: string, digest: string, more = {}) => ({
  name,
  digest,
  source_type: 'local',
  source: '{"uri":"/data/x.csv"}',
  ...more,
});
const context = (value: string) => [{ key: 'mlflow.data.context', value }];

test('datasets of a run come back as they were described, and the same twice is stored once', async () => {
  const { run } = await newRun(it);
  const described = dataset('cohort', 'abc', { schema: '{"s":1}', profile: '{"num_rows":3}' });
  for (let i = 0; i < 2; i++) {
    await it.ok('POST', 'runs/log-inputs', {
      run_id: run,
      datasets: [{ dataset: described, tags: context('training') }],
    });
  }
  expect((await it.ok('GET', 'runs/get', { run_id: run })).run.inputs.dataset_inputs).toEqual([
    { tags: context('training'), dataset: described },
  ]);
});

test('a profile of 16 MB fits, one character more than allowed does not, and nothing of that request is stored', async () => {
  const { run } = await newRun(it);
  const send = (length: number) =>
    it.call('POST', 'runs/log-inputs', {
      run_id: run,
      datasets: [
        { dataset: dataset('small', 's') },
        { dataset: dataset('large', 'l', { profile: 'p'.repeat(length) }) },
      ],
    });
  const refused = await send(16_777_216);
  expect([refused.status, refused.json.error_code]).toEqual([400, 'INVALID_PARAMETER_VALUE']);
  expect((await it.ok('GET', 'runs/get', { run_id: run })).run.inputs.dataset_inputs).toEqual([]);
  expect((await send(16_777_215)).status).toBe(200);
  expect((await it.ok('GET', 'runs/get', { run_id: run })).run.inputs.dataset_inputs).toHaveLength(2);
});

test('missing parts of a dataset are named by their place', async () => {
  const { run } = await newRun(it);
  const reply = await it.call('POST', 'runs/log-inputs', { run_id: run, datasets: [{ dataset: { name: 'x' } }] });
  expect(reply.json.message).toContain("Missing value for required parameter 'datasets[0].dataset.digest'");
});

test('runs are found by name, digest and context of their datasets', async () => {
  const { run, experiment } = await newRun(it);
  const { run: second } = await it.ok('POST', 'runs/create', { experiment_id: experiment });
  const log = (id: string, name: string, digest: string, use: string) =>
    it.ok('POST', 'runs/log-inputs', {
      run_id: id,
      datasets: [{ dataset: dataset(name, digest), tags: context(use) }],
    });
  await log(run, 'cohort', 'd1', 'training');
  await log(second.info.run_id, 'other', 'd2', 'eval');
  const found = async (filter: string): Promise<string[]> =>
    (await it.ok('POST', 'runs/search', { experiment_ids: [experiment], filter })).runs.map(
      (one: { info: { run_id: string } }) => one.info.run_id,
    );
  expect(await found("datasets.name = 'cohort'")).toEqual([run]);
  expect(await found("dataset.digest IN ('d2', 'd3')")).toEqual([second.info.run_id]);
  expect(await found("dataset.context LIKE 'tr%' AND dataset.name != 'other'")).toEqual([run]);
  const summaries = (await it.ok('POST', 'experiments/search-datasets', { experiment_ids: [experiment] }))
    .dataset_summaries;
  expect(summaries).toEqual([
    { experiment_id: experiment, name: 'cohort', digest: 'd1', context: 'training' },
    { experiment_id: experiment, name: 'other', digest: 'd2', context: 'eval' },
  ]);
});

test('the dataset version that a recipe trained on is an input that clients can read', async () => {
  const { run, experiment } = await newRun(it);
  it.vault.db.exec(`INSERT INTO dataset (id, name, created_at) VALUES (1, 'heart', 1);
    INSERT INTO dataset_version (id, dataset_id, version, kind, hash, rows, subject_mode, blob, bytes, source_name, format,
      columns, warnings, created_at)
    VALUES (1, 1, 2, 'table', '${'ab'.repeat(32)}', 500, 'none', 'b', 1, 'h.csv', '{}', '[]', '[]', 1)`);
  it.vault.db.prepare('UPDATE run SET dataset_version_id = 1 WHERE uid = ?').run(run);
  const { inputs } = (await it.ok('GET', 'runs/get', { run_id: run })).run;
  expect(inputs.dataset_inputs).toEqual([
    {
      tags: context('training'),
      dataset: {
        name: 'heart',
        digest: 'ab'.repeat(18),
        source_type: 'wardbook',
        source: '{"dataset":"heart@v2"}',
        profile: '{"num_rows":500}',
      },
    },
  ]);
  const filter = "datasets.name = 'heart'";
  expect((await it.ok('POST', 'runs/search', { experiment_ids: [experiment], filter })).runs).toHaveLength(1);
});

test('models of MLflow 2 are a list in a tag, to which each is added', async () => {
  const { run } = await newRun(it);
  const model = (path: string) => ({ artifact_path: path, flavors: {}, utc_time_created: 't', run_id: run });
  await it.ok('POST', 'runs/log-model', { run_id: run, model_json: JSON.stringify(model('a')) });
  await it.ok('POST', 'runs/log-model', { run_id: run, model_json: JSON.stringify(model('b')) });
  const { tags } = (await it.ok('GET', 'runs/get', { run_id: run })).run.data;
  const history = tags.find((tag: { key: string }) => tag.key === 'mlflow.log-model.history').value;
  expect(JSON.parse(history)).toEqual([model('a'), model('b')]);
  for (const model_json of ['[1]', 'no json', '{"flavors":{}}']) {
    expect((await it.call('POST', 'runs/log-model', { run_id: run, model_json })).status).toBe(400);
  }
});
