import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listAudit } from '../../main/store/audit.ts';
import { runKey } from '../../main/store/run-key.ts';
import { findArtifactOwner } from '../../main/store/tracking/artifact-owner.ts';
import { createLoggedModel } from '../../main/store/tracking/logged-models.ts';
import { removeOwnedFiles } from '../../main/store/tracking/owned-files.ts';
import { finishedRun } from '../registry/registry-vault.ts';
import { type Json, startTestServer, type TestServer } from './server-fixture.ts';

let api: TestServer;
let good: string;
let bare: string;
beforeAll(async () => {
  api = await startTestServer();
  good = finishedRun(api.vault);
  bare = finishedRun(api.vault, {}, { estimates: {} });
});
afterAll(() => api.close());

const models = 'registered-models';
const versions = 'model-versions';
const create = (name: string, fields = {}) => api.ok('POST', `${models}/create`, { name, ...fields });
const addVersion = async (name: string, run = good, fields = {}): Promise<Json> =>
  (await api.ok('POST', `${versions}/create`, { name, source: `runs:/${run}`, run_id: run, ...fields })).model_version;
const refusal = async (method: string, path: string, fields: object) => {
  const { status, json } = await api.call(method, path, fields as Record<string, unknown>);
  return [status, json.error_code, json.message];
};
const stage = (name: string, version: string, to: string, archive = false) =>
  api.call('POST', `${versions}/transition-stage`, { name, version, stage: to, archive_existing_versions: archive });

describe('models', () => {
  test('a model is made once; a second time it exists already, in the words that clients look for', async () => {
    const { registered_model } = await create('sepsis', { description: 'd', tags: [{ key: 'team', value: 'a' }] });
    expect(registered_model).toMatchObject({
      name: 'sepsis',
      description: 'd',
      tags: [{ key: 'team', value: 'a' }],
      latest_versions: [],
      aliases: [],
    });
    expect(registered_model.creation_timestamp).toBeGreaterThan(1e12);
    expect(await refusal('POST', `${models}/create`, { name: 'sepsis' })).toEqual([
      400,
      'RESOURCE_ALREADY_EXISTS',
      expect.stringContaining('Registered Model (name=sepsis) already exists'),
    ]);
  });

  test('one that is not there is not found, and a name with a slash or colon or none at all is invalid', async () => {
    for (const [method, path, more] of [
      ['GET', `${models}/get`, {}],
      ['PATCH', `${models}/update`, { description: 'x' }],
      ['DELETE', `${models}/delete`, {}],
      ['POST', `${models}/rename`, { new_name: 'y' }],
      ['POST', `${versions}/create`, { source: `runs:/${good}` }],
      ['GET', `${models}/get-latest-versions`, {}],
    ] as const) {
      expect(await refusal(method, path, { name: 'nobody', ...more })).toEqual([
        404,
        'RESOURCE_DOES_NOT_EXIST',
        'Registered Model with name=nobody not found',
      ]);
    }
    for (const name of ['a/b', 'a:b', '  ', '']) {
      expect((await refusal('POST', `${models}/create`, { name })).slice(0, 2)).toEqual([
        400,
        'INVALID_PARAMETER_VALUE',
      ]);
    }
  });

  test('rename, update, tags and delete answer as the client expects', async () => {
    await create('old');
    expect((await api.ok('POST', `${models}/rename`, { name: 'old', new_name: 'new' })).registered_model.name).toBe(
      'new',
    );
    expect((await refusal('POST', `${models}/rename`, { name: 'new', new_name: 'sepsis' }))[1]).toBe(
      'RESOURCE_ALREADY_EXISTS',
    );
    expect(
      (await api.ok('PATCH', `${models}/update`, { name: 'new', description: 'ü' })).registered_model.description,
    ).toBe('ü');
    expect(await api.ok('POST', `${models}/set-tag`, { name: 'new', key: 'k', value: '' })).toEqual({});
    expect((await api.ok('GET', `${models}/get`, { name: 'new' })).registered_model.tags).toEqual([
      { key: 'k', value: '' },
    ]);
    expect(await api.ok('DELETE', `${models}/delete-tag`, { name: 'new', key: 'k' })).toEqual({});
    expect(await api.ok('DELETE', `${models}/delete-tag`, { name: 'new', key: 'k' })).toEqual({});
    expect(await api.ok('DELETE', `${models}/delete`, { name: 'new' })).toEqual({});
    expect((await api.call('GET', `${models}/get`, { name: 'new' })).status).toBe(404);
    await create('new');
  });
});

describe('versions', () => {
  test('a version is ready at once, its number is text, and its stage is None', async () => {
    await create('v');
    const first = await addVersion('v', good, {
      description: 'first',
      tags: [{ key: 'a', value: 'b' }],
      run_link: 'l',
    });
    expect(first).toMatchObject({
      name: 'v',
      version: '1',
      status: 'READY',
      current_stage: 'None',
      source: `runs:/${good}`,
      run_id: good,
      run_link: 'l',
      description: 'first',
      tags: [{ key: 'a', value: 'b' }],
      aliases: [],
    });
    expect((await addVersion('v')).version).toBe('2');
    expect((await api.ok('GET', `${versions}/get`, { name: 'v', version: '1' })).model_version).toEqual(first);
    const { artifact_uri } = await api.ok('GET', `${versions}/get-download-uri`, { name: 'v', version: '1' });
    expect(artifact_uri).toMatch(new RegExp(`^mlflow-artifacts:/\\d+/${good}/artifacts$`));
  });

  test('a number that is none is invalid, one that is not there is not found', async () => {
    for (const version of ['x', '1.5', '-1', '1 ']) {
      expect(await refusal('GET', `${versions}/get`, { name: 'v', version })).toEqual([
        400,
        'INVALID_PARAMETER_VALUE',
        expect.stringContaining('Model version must be an integer'),
      ]);
    }
    expect(await refusal('GET', `${versions}/get`, { name: 'v', version: '99' })).toEqual([
      404,
      'RESOURCE_DOES_NOT_EXIST',
      'Model Version (name=v, version=99) not found',
    ]);
  });

  test.each([
    'file:///etc/passwd',
    'file:///etc',
    '/etc/passwd',
    'relative/model',
    'http://127.0.0.1:1/model',
    'https://example.org/m',
    's3://bucket/model',
    'dbfs:/m',
    'runs:/RUN/../../other',
    'runs:/RUN/model/%2e%2e/x',
    'runs:/RUN/a\\b',
    'runs:/RUN/a\u0000b',
    'runs:/RUN//a',
    'models:/m-short',
    'models:/v@champion',
    'mlflow-artifacts:/0/RUN/elsewhere',
    'mlflow-artifacts:/0/models/x/artifacts',
    'mlflow-artifacts:/0/RUN/artifacts/../../../x',
  ])('%s is no source', async (source) => {
    const fields = { name: 'v', source: source.replace('RUN', good), run_id: good };
    expect(await refusal('POST', `${versions}/create`, fields)).toEqual([
      400,
      'INVALID_PARAMETER_VALUE',
      expect.stringContaining('Invalid model version source'),
    ]);
  });

  test('the artifacts of another run than is named are no source; those of a run that is not there are not found', async () => {
    expect((await refusal('POST', `${versions}/create`, { name: 'v', source: `runs:/${good}`, run_id: bare }))[1]).toBe(
      'INVALID_PARAMETER_VALUE',
    );
    const gone = 'f'.repeat(32);
    expect((await refusal('POST', `${versions}/create`, { name: 'v', source: `runs:/${gone}` }))[1]).toBe(
      'RESOURCE_DOES_NOT_EXIST',
    );
  });

  test('artifacts at this server, a logged model and another version are sources', async () => {
    await create('w');
    expect((await addVersion('w', good, { source: `mlflow-artifacts:/0/${good}/artifacts` })).run_id).toBe(good);
    const run = runKey(api.vault.db, good);
    const id = createLoggedModel(api.vault.db, { study: 0, name: 'm', type: null, params: [], tags: [], run });
    const owner = findArtifactOwner(api.vault.db, 'model', id)!;
    api.vault.db
      .prepare('INSERT INTO logged_model_file VALUES (?, ?, ?, ?)')
      .run(owner.pk, 'MLmodel', 1, '0'.repeat(64));
    const at = { source: `models:/${id}`, model_id: id };
    expect(await addVersion('w', good, at)).toMatchObject({ model_id: id, source: `models:/${id}`, run_id: good });
    expect((await api.ok('GET', `${versions}/get-download-uri`, { name: 'w', version: '2' })).artifact_uri).toContain(
      id,
    );
    expect(() => removeOwnedFiles(api.vault.db, api.vault.dir, owner, ['MLmodel'])).toThrow(
      expect.objectContaining({ code: 'MODEL_NEEDED' }),
    );
    expect((await refusal('POST', `${versions}/create`, { name: 'w', ...at, run_id: bare }))[1]).toBe(
      'INVALID_PARAMETER_VALUE',
    );
    expect((await refusal('POST', `${versions}/create`, { name: 'w', source: `models:/m-${'a'.repeat(32)}` }))[1]).toBe(
      'RESOURCE_DOES_NOT_EXIST',
    );
    const copied = await addVersion('w', good, { source: 'models:/v/1' });
    expect(copied).toMatchObject({ run_id: good, version: '3' });
    expect((await api.ok('GET', `${versions}/get-download-uri`, { name: 'w', version: '3' })).artifact_uri).toContain(
      good,
    );
  });

  test('update, tags and delete of a version', async () => {
    await create('u');
    await addVersion('u');
    const at = { name: 'u', version: '1' };
    expect((await api.ok('PATCH', `${versions}/update`, { ...at, description: 'n' })).model_version.description).toBe(
      'n',
    );
    expect(await api.ok('POST', `${versions}/set-tag`, { ...at, key: 'k', value: 'v' })).toEqual({});
    expect((await api.ok('GET', `${versions}/get`, at)).model_version.tags).toEqual([{ key: 'k', value: 'v' }]);
    expect(await api.ok('DELETE', `${versions}/delete-tag`, { ...at, key: 'k' })).toEqual({});
    expect(await api.ok('DELETE', `${versions}/delete`, at)).toEqual({});
    expect((await api.call('GET', `${versions}/get`, at)).status).toBe(404);
    expect((await addVersion('u')).version).toBe('2');
  });
});

describe('stages and aliases', () => {
  test('stages go by the protocol’s names, whatever their case, and every move is in the audit log', async () => {
    await create('s');
    await addVersion('s');
    expect((await stage('s', '1', 'staging')).json.model_version.current_stage).toBe('Staging');
    expect((await stage('s', '1', 'Production')).json.model_version).toMatchObject({
      current_stage: 'Production',
      aliases: ['approved'],
    });
    const moves = listAudit(api.vault, 2, null).entries.map(({ action, detail }) => [action, detail.to, detail.via]);
    expect(moves).toEqual([
      ['model.stage', 'approved', 'mlflow'],
      ['model.stage', 'candidate', 'mlflow'],
    ]);
    expect((await stage('s', '1', 'Best')).json).toMatchObject({ error_code: 'INVALID_PARAMETER_VALUE' });
    expect((await stage('s', '1', 'None', true)).json.message).toContain('is not an Active stage');
  });

  test('Production and the alias approved are refused without a held-out result, not to be tried again', async () => {
    await create('r');
    await addVersion('r', bare);
    const byStage = await stage('r', '1', 'Production', true);
    const byAlias = await api.call('POST', `${models}/alias`, { name: 'r', version: '1', alias: 'approved' });
    for (const { status, json } of [byStage, byAlias]) {
      expect([status, json.error_code]).toEqual([400, 'INVALID_PARAMETER_VALUE']);
      expect(json.message).toContain('no-held-out-result');
    }
    expect((await api.ok('GET', `${versions}/get`, { name: 'r', version: '1' })).model_version.current_stage).toBe(
      'None',
    );
  });

  test('a second Production archives the first, and Staging does when it is told to', async () => {
    await create('p');
    for (let i = 0; i < 4; i++) await addVersion('p');
    await stage('p', '1', 'Production');
    await stage('p', '2', 'Production');
    await stage('p', '3', 'Staging');
    await stage('p', '4', 'Staging', true);
    const { model_versions } = await api.ok('GET', `${versions}/search`, {
      filter: "name='p'",
      order_by: 'version_number ASC',
    });
    expect(model_versions.map((one: Json) => one.current_stage)).toEqual([
      'Archived',
      'Production',
      'Archived',
      'Staging',
    ]);
    const latest = await api.ok('POST', `${models}/get-latest-versions`, {
      name: 'p',
      stages: ['Archived', 'production'],
    });
    expect(latest.model_versions.map((one: Json) => one.version)).toEqual(['2', '3']);
    expect((await api.ok('GET', `${models}/get-latest-versions`, { name: 'p' })).model_versions).toHaveLength(3);
    expect(await refusal('DELETE', `${versions}/delete`, { name: 'p', version: '2' })).toEqual([
      400,
      'INVALID_STATE',
      expect.stringContaining('approved'),
    ]);
  });

  test('aliases are set, read, moved and removed; latest and v3 are refused', async () => {
    await create('a');
    await addVersion('a');
    await addVersion('a');
    const set = (alias: string, version: string) => api.call('POST', `${models}/alias`, { name: 'a', alias, version });
    expect((await set('champion', '1')).json).toEqual({});
    expect((await set('champion', '2')).json).toEqual({});
    const get = () => api.call('GET', `${models}/alias`, { name: 'a', alias: 'champion' });
    expect((await get()).json.model_version).toMatchObject({ version: '2', aliases: ['champion'] });
    expect((await api.ok('GET', `${models}/get`, { name: 'a' })).registered_model.aliases).toEqual([
      { alias: 'champion', version: '2' },
    ]);
    for (const alias of ['latest', 'v3', 'a b']) {
      expect((await set(alias, '1')).json.error_code).toBe('INVALID_PARAMETER_VALUE');
    }
    expect(await api.ok('DELETE', `${models}/alias`, { name: 'a', alias: 'champion' })).toEqual({});
    expect(await api.ok('DELETE', `${models}/alias`, { name: 'a', alias: 'champion' })).toEqual({});
    expect((await get()).json.error_code).toBe('INVALID_PARAMETER_VALUE');
  });
});

describe('search', () => {
  beforeAll(async () => {
    for (const name of ['find A', 'find B', 'Find C']) {
      await create(name, { tags: [{ key: 'my.kind', value: name.slice(-1) }] });
      await addVersion(name, name === 'find A' ? bare : good, { tags: [{ key: 'site', value: name.slice(-1) }] });
    }
  });
  const namesOf = async (filter: string, more = {}) =>
    (await api.ok('GET', `${models}/search`, { filter, ...more })).registered_models.map(({ name }: Json) => name);
  const versionsOf = async (filter: string) =>
    (await api.ok('GET', `${versions}/search`, { filter, order_by: 'name' })).model_versions.map(
      ({ name }: Json) => name,
    );

  test('models by name and tag, sorted by name unless told otherwise', async () => {
    expect(await namesOf("name LIKE 'find%'")).toEqual(['find A', 'find B']);
    expect(await namesOf("name ilike 'FIND _'")).toEqual(['Find C', 'find A', 'find B']);
    expect(await namesOf("name ilike 'find%' and tags.`my.kind` != 'A'")).toEqual(['Find C', 'find B']);
    expect(await namesOf("name LIKE 'find%'", { order_by: 'name DESC' })).toEqual(['find B', 'find A']);
  });

  test('pages follow one another without gap or repetition', async () => {
    const all = await namesOf('');
    const paged: string[] = [];
    let token: string | undefined;
    do {
      const page: Json = await api.ok('GET', `${models}/search`, {
        max_results: 2,
        ...(token ? { page_token: token } : {}),
      });
      paged.push(...page.registered_models.map(({ name }: Json) => name));
      token = page.next_page_token;
    } while (token !== undefined);
    expect(paged).toEqual(all);
  });

  test('versions by name, run, number, source and tag', async () => {
    expect(await versionsOf(`run_id = '${bare}' and name like 'find%'`)).toEqual(['find A']);
    expect(await versionsOf(`run_id IN ('${bare}', '${'0'.repeat(32)}') and name like 'find%'`)).toEqual(['find A']);
    expect(await versionsOf("tags.site = 'B'")).toEqual(['find B']);
    expect(await versionsOf(`source_path = 'runs:/${good}' and name ilike 'find%'`)).toEqual(['Find C', 'find B']);
    expect(await versionsOf("name = 'p' and version_number > 2")).toEqual(['p', 'p']);
  });

  test.each([
    'name = unquoted',
    "name = 'a' or name = 'b'",
    "name > 'a'",
    "stage = 'x'",
    "version_number like '1'",
    "name = 'a' and",
    "run_id in ('a' 'b')",
    "name = 'a'; drop table run",
  ])('%s is no filter', async (filter) => {
    expect((await refusal('GET', `${versions}/search`, { filter })).slice(0, 2)).toEqual([
      400,
      'INVALID_PARAMETER_VALUE',
    ]);
  });

  test('too many results, a wrong order and a repeated one are invalid, not errors of the server', async () => {
    for (const fields of [
      { max_results: 1001 },
      { max_results: 0 },
      { order_by: 'nobody' },
      { order_by: ['name', 'name DESC'] },
      { page_token: 'x' },
    ]) {
      expect((await refusal('GET', `${models}/search`, fields)).slice(0, 2)).toEqual([400, 'INVALID_PARAMETER_VALUE']);
    }
  });
});
