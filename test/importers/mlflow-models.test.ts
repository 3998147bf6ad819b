import { appendFileSync, cpSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { importRuns } from '../../main/importers/import-runs.ts';
import { listAudit } from '../../main/store/audit.ts';
import { readExactPoints } from '../../main/store/metrics/exact-points.ts';
import { renameModel } from '../../main/store/registry/models.ts';
import { moveVersion } from '../../main/store/registry/move-version.ts';
import { listModels, readModel } from '../../main/store/registry/read-models.ts';
import { deleteFromRegistry } from '../../main/store/registry/remove.ts';
import { showRun } from '../../main/store/run-detail.ts';
import { runKey } from '../../main/store/run-key.ts';
import { readDatasetInputs } from '../../main/store/tracking/datasets.ts';
import { findExperimentByName } from '../../main/store/tracking/experiments.ts';
import { listLoggedModels } from '../../main/store/tracking/logged-models.ts';
import { readRunModels } from '../../main/store/tracking/run-models.ts';
import type { Vault } from '../../main/store/vault.ts';
import { openTestVault, temporaryFolder } from '../store/vault-fixture.ts';
import { type ClientAnswer, clientAnswer, expectedRuns, unpack, versions } from './mlflow-source.ts';

let folder: string;
let vault: Vault;
beforeEach(() => {
  folder = temporaryFolder();
  vault = openTestVault(join(folder, 'vault'));
});
afterEach(() => {
  vault.close();
  rmSync(folder, { recursive: true, force: true });
});

const formats = { mlruns: 'mlruns', 'mlflow.db': 'mlflow-db' } as const;
type Kind = keyof typeof formats;
const take = (kind: Kind, path: string) => importRuns(vault, { format: formats[kind], path, study: null });
const stages: Record<string, string> = { None: 'draft', Staging: 'candidate', Production: 'candidate' };
const pairs = (list: { key: string; value: string }[]): Record<string, string> =>
  Object.fromEntries(list.map(({ key, value }) => [key, value]));

function compareRegistry(registry: ClientAnswer['registry']): void {
  expect(listModels(vault.db).map(({ name }) => name)).toEqual(Object.keys(registry));
  for (const [name, there] of Object.entries(registry)) {
    const here = readModel(vault.db, name);
    expect(here).toMatchObject({ description: there.description, tags: there.tags });
    const own = here.aliases.filter(({ alias }) => alias !== 'candidate');
    expect(Object.fromEntries(own.map(({ alias, version }) => [alias, version]))).toEqual(there.aliases);
    for (const version of here.versions) {
      const { stage, tags, created, run, description } = there.versions[version.version]!;
      const kept = stage === 'Production' ? { 'mlflow.stage': stage } : {};
      expect(version).toMatchObject({ stage: stages[stage], description, createdAt: created, state: 'intact' });
      expect(version.tags).toEqual({ ...tags, ...kept });
      expect([version.run?.id, version.path, version.source]).toEqual([run, 'table.json', `runs:/${run}/table.json`]);
    }
    expect(here.versions).toHaveLength(Object.keys(there.versions).length);
  }
}

const cases = versions.flatMap((version) => [
  { version, kind: 'mlruns' as Kind },
  { version, kind: 'mlflow.db' as Kind },
]);

describe.each(cases)('$kind of MLflow $version', ({ version, kind }) => {
  test('gives registry, logged models, inputs, outputs and experiment tags as MLflow’s client reads them', async () => {
    await take(kind, unpack(version, kind, folder));
    const there = clientAnswer(version, kind);
    compareRegistry(there.registry);
    for (const [name, tags] of Object.entries(there.studies))
      expect(pairs(findExperimentByName(vault.db, name)?.tags ?? []), name).toEqual(tags);
    const user = vault.db.prepare('SELECT user_name FROM run WHERE uid = ?').pluck();
    for (const [run, inputs] of Object.entries(there.inputs)) {
      const pk = runKey(vault.db, run);
      const own = (readDatasetInputs(vault.db, [pk]).get(pk) ?? []).map(({ dataset: d, tags }) => [
        d.name,
        d.digest,
        d.sourceType,
        pairs(tags),
      ]);
      expect(own, run).toEqual(inputs);
      const made = (readRunModels(vault.db, [pk]).get(pk) ?? []).map(({ model, step }) => [model, step]);
      // The file store writes the step of an output into its folder and reads it as it is there.
      expect(made, run).toEqual(there.outputs?.[run] ?? []);
      expect(user.get(run), run).toBe(there.users[run]);
    }
    const study = findExperimentByName(vault.db, 'sepsis/early warning')!.id;
    const logged = listLoggedModels(vault.db, [study]).map((model) => [
      model.id,
      {
        name: model.name,
        type: model.type,
        status: model.status.toUpperCase(),
        run: model.run,
        created: model.createdAt,
        params: pairs(model.params),
        tags: pairs(model.tags),
        metrics: model.metrics.map(({ key, value, time, step, run }) => [key, String(value), time, step, run]),
      },
    ]);
    expect(Object.fromEntries(logged)).toEqual(there.models ?? {});
  });

  test('imported again changes nothing in the registry, nor in what a person did there', async () => {
    const source = unpack(version, kind, folder);
    const { models } = await take(kind, source);
    if (models === 0) return expect([version, kind]).toEqual(['1.30.1', 'mlruns']);
    moveVersion(vault, {
      name: 'warning',
      version: 1,
      stage: 'retired',
      reason: 'Not good enough.',
      via: 'window',
      retireOthers: false,
    });
    renameModel(vault.db, 'warning', 'sepsis warning');
    const before = readModel(vault.db, 'sepsis warning');
    expect(await take(kind, source)).toMatchObject({ models: 0, skipped: [] });
    expect(listModels(vault.db)).toHaveLength(1);
    expect(readModel(vault.db, 'sepsis warning')).toEqual(before);
    deleteFromRegistry(vault, 'sepsis warning', 1, 'window');
    expect(await take(kind, source)).toMatchObject({ models: 0 });
    expect(readModel(vault.db, 'sepsis warning').versions).toEqual([]);
  });
});

describe('a version that was in Production', () => {
  test('is a candidate, says so in its moves, the list and the audit log, and is approved only under the rules', async () => {
    const { skipped, models } = await take('mlflow.db', unpack('2.22.4', 'mlflow.db', folder));
    expect(models).toBe(1);
    expect(skipped).toEqual([
      { path: 'models/warning/1', reason: 'in Production there; here it is a candidate until somebody approves it' },
    ]);
    const [version] = readModel(vault.db, 'warning').versions;
    expect(version!.moves.map(({ from, to, via, reason }) => [from, to, via, reason])).toEqual([
      [null, 'draft', 'import', 'Taken over from MLflow.'],
      [
        'draft',
        'candidate',
        'import',
        'In MLflow it was in Production. It is approved here by a person, under the rules.',
      ],
    ]);
    const actions = listAudit(vault, 10, null).entries.map(({ action, detail }) => [action, detail['via']]);
    expect(actions).toEqual([
      ['model.stage', 'import'],
      ['model.register', 'import'],
    ]);
    const approve = () =>
      moveVersion(vault, {
        name: 'warning',
        version: 1,
        stage: 'approved',
        reason: 'As before.',
        via: 'window',
        retireOthers: false,
      });
    expect(approve).toThrow(/no-held-out-result/);
  });
});

describe('the registry of a folder mlruns', () => {
  let root: string;
  let run: string;
  beforeEach(() => {
    root = unpack('3.0.1', 'mlruns', folder);
    run = Object.entries(expectedRuns('3.0.1', 'mlruns')).find(([, one]) => one.name === 'parent')![0];
  });
  const logged = 'm-168effd46e9a4375a0a633f3ca62987c';

  function addVersion(number: number, fields: Record<string, string>): void {
    const place = join(root, 'models', 'warning', `version-${number}`);
    mkdirSync(place, { recursive: true });
    const meta = {
      name: 'warning',
      version: String(number),
      creation_timestamp: String(1_700_000_000_000 + number),
      ...fields,
    };
    writeFileSync(
      join(place, 'meta.yaml'),
      Object.entries(meta)
        .map(([key, value]) => `${key}: ${value}\n`)
        .join(''),
    );
  }
  const setAlias = (alias: string, version: number) =>
    writeFileSync(join(root, 'models', 'warning', 'aliases', alias), String(version));
  const versionsHere = () =>
    Object.fromEntries(readModel(vault.db, 'warning').versions.map((one) => [one.version, one]));

  test('leaves out what MLflow deleted or never had whole, and keeps the numbers of the others', async () => {
    addVersion(2, { current_stage: 'Deleted_Internal', status: 'READY', run_id: run });
    addVersion(3, { current_stage: 'None', status: 'FAILED_REGISTRATION', run_id: run });
    addVersion(4, { current_stage: 'Archived', status: 'READY', run_id: run, source: `runs:/${run}/notes` });
    addVersion(5, {
      current_stage: 'Staging',
      run_id: run,
      source: `mlflow-artifacts:/9/${run}/artifacts/notes/hello.txt`,
    });
    await take('mlruns', root);
    const here = versionsHere();
    expect(Object.values(here).map(({ version, stage, path, files }) => [version, stage, path, files])).toEqual([
      [1, 'draft', 'table.json', 1],
      [4, 'retired', 'notes', 1],
      [5, 'candidate', 'notes/hello.txt', 1],
    ]);
  });

  test('has files of logged models, and none where an address leads elsewhere', async () => {
    const place = join(root, readdirSync(root).find((name) => existsSync(join(root, name, 'models', logged)))!);
    cpSync(join(place, run, 'artifacts'), join(place, 'models', logged, 'artifacts'), { recursive: true });
    addVersion(2, { current_stage: 'None', run_id: run, source: `models:/${logged}` });
    addVersion(3, { current_stage: 'None', run_id: run, source: 's3://bucket/models/x' });
    addVersion(4, { current_stage: 'None', run_id: run, source: `file:///srv/${run}/artifacts/../../../../etc` });
    addVersion(5, { current_stage: 'None', run_id: 'gone', source: 'file:///etc' });
    const { skipped } = await take('mlruns', root);
    const here = versionsHere();
    expect(here[2]).toMatchObject({ loggedModel: logged, source: `models:/${logged}`, files: 2, state: 'intact' });
    const files = showRun(vault, run).loggedModels[0]!.files.map(({ path }) => path);
    expect(files).toEqual(['notes/hello.txt', 'table.json']);
    expect([here[3]!.source, here[4]!.source, here[5]!.source]).toEqual([`runs:/${run}`, `runs:/${run}`, '']);
    expect([here[3]!.state, here[4]!.state, here[5]!.state]).toEqual(['no-files', 'no-files', 'no-files']);
    const reason = 'its files are not here; it has none';
    expect(skipped).toEqual([3, 4, 5].map((version) => ({ path: `models/warning/${version}`, reason })));
  });

  test('gives new versions the next time, and another number where a person’s own model has it', async () => {
    await take('mlruns', root);
    vault.db
      .prepare(
        `INSERT INTO model_version (model_id, version, stage, source, path, files, created_at, updated_at)
        SELECT id, 2, 'draft', '', '', '[]', 1, 1 FROM registered_model`,
      )
      .run();
    addVersion(2, { current_stage: 'None', run_id: run, source: `runs:/${run}/notes` });
    setAlias('newest', 2);
    setAlias('champion', 2);
    setAlias('approved', 2);
    const { models, skipped } = await take('mlruns', root);
    expect(models).toBe(1);
    expect(skipped).toEqual([
      { path: 'models/warning/2', reason: 'its number is taken here: it is v3' },
      { path: 'models/warning@approved', reason: 'this alias stands for a stage or a version here' },
      { path: 'models/warning@champion', reason: 'this alias points to v1 here, and stays' },
    ]);
    expect(readModel(vault.db, 'warning').aliases).toEqual([
      { alias: 'champion', version: 1 },
      { alias: 'newest', version: 3 },
    ]);
    expect(await take('mlruns', root)).toMatchObject({ models: 0, skipped: [] });
  });

  test('whose files a later import would replace keeps them, and the run is listed', async () => {
    await take('mlruns', root);
    const place = join(root, readdirSync(root).find((name) => existsSync(join(root, name, run)))!, run);
    writeFileSync(join(place, 'artifacts', 'table.json'), '{}');
    const { skipped } = await take('mlruns', root);
    expect(skipped[0]!.reason).toMatch(/^These files make up warning@v1 in the registry/);
    expect(versionsHere()[1]!.state).toBe('intact');
  });
});

describe('steps and times beyond 2^53', () => {
  const big = 9_007_199_254_740_993n;
  function exactOf(run: string): [bigint, bigint, number][] {
    const id = vault.db
      .prepare("SELECT id FROM series WHERE run_id = ? AND key = 'big'")
      .pluck()
      .get(runKey(vault.db, run));
    return readExactPoints(vault.db, id as number).map(({ step, time, value }) => [step, time, value]);
  }

  test('of a folder mlruns are kept exactly, and once', async () => {
    const root = unpack('3.0.1', 'mlruns', folder);
    const [run] = Object.entries(expectedRuns('3.0.1', 'mlruns')).find(([, one]) => one.name === 'parent')!;
    const place = join(
      root,
      readdirSync(root).find((name) => existsSync(join(root, name, run)))!,
      run,
      'metrics',
      'big',
    );
    writeFileSync(place, `1700000000000 0.5 ${big}\n`);
    await take('mlruns', root);
    appendFileSync(place, `${2n ** 63n - 1n} 0.25 1\n`);
    expect(await take('mlruns', root)).toMatchObject({ points: 1, skipped: [] });
    expect(exactOf(run)).toEqual([
      [1n, 2n ** 63n - 1n, 0.25],
      [big, 1_700_000_000_000n, 0.5],
    ]);
  });

  test('of a database are kept exactly', async () => {
    const source = unpack('3.17.2', 'mlflow.db', folder);
    const db = new Database(source);
    const run = db.prepare("SELECT run_uuid FROM runs WHERE name = 'parent'").pluck().get() as string;
    db.prepare('INSERT INTO metrics (key, value, timestamp, run_uuid, step, is_nan) VALUES (?, ?, ?, ?, ?, 0)').run(
      'big',
      0.5,
      5,
      run,
      -big,
    );
    db.close();
    expect((await take('mlflow.db', source)).skipped).toEqual([]);
    expect(exactOf(run)).toEqual([[-big, 5n, 0.5]]);
  });
});
