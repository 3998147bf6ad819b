import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { lineageOf } from '../../main/registry/lineage.ts';
import { verifyFiles } from '../../main/registry/verify.ts';
import { listAudit } from '../../main/store/audit.ts';
import { readChanges } from '../../main/store/change.ts';
import { openForReading } from '../../main/store/open.ts';
import { hashOfFiles, refuseWhenRegistered } from '../../main/store/registry/files.ts';
import { describeModel, renameModel, tagModel } from '../../main/store/registry/models.ts';
import { listModels, readModel } from '../../main/store/registry/read-models.ts';
import { registerRun } from '../../main/store/registry/register-run.ts';
import { deleteFromRegistry, restoreToRegistry } from '../../main/store/registry/remove.ts';
import { setAlias } from '../../main/store/registry/set-alias.ts';
import { showRun } from '../../main/store/run-detail.ts';
import { runKey } from '../../main/store/run-key.ts';
import { withVault } from '../exports/report-vault.ts';
import { auc, finishedRun, move, register, writeModelFile } from './registry-vault.ts';

const code = (wanted: string) => expect.objectContaining({ code: wanted });

test('a version keeps the run, the hash of its files and the held-out metric of its run', () =>
  withVault((vault) => {
    const run = finishedRun(vault);
    expect(register(vault, run)).toBe(1);
    expect(register(vault, run)).toBe(2);
    const { versions } = readModel(vault.db, 'risk');
    const { artifacts } = showRun(vault, run);
    expect(versions[0]).toMatchObject({
      version: 2,
      stage: 'draft',
      run: { id: run, binned: false },
      source: `runs:/${run}`,
      hash: hashOfFiles(artifacts),
      files: 2,
      bytes: 8,
      state: 'intact',
      main: { key: 'test/auc', estimate: auc(0.8) },
    });
    expect(showRun(vault, run).registered).toEqual([
      { model: 'risk', version: 1, stage: 'draft' },
      { model: 'risk', version: 2, stage: 'draft' },
    ]);
    expect(listModels(vault.db)).toMatchObject([{ name: 'risk', versions: 2, newest: { version: 2 }, approved: null }]);
  }));

test('the hash tells files, names and contents apart, whatever their order', () => {
  const file = (path: string, sha256: string) => ({ path, bytes: 1, sha256 });
  const [a, b] = [file('a', '1'.repeat(64)), file('b', '2'.repeat(64))];
  expect(hashOfFiles([a, b])).toBe(hashOfFiles([b, a]));
  const all = [
    [a, b],
    [a],
    [file('a', b.sha256), file('b', a.sha256)],
    [{ ...a, bytes: 2 }, b],
    [file('A', a.sha256), b],
  ];
  expect(new Set(all.map(hashOfFiles)).size).toBe(all.length);
  expect(hashOfFiles([])).toBeNull();
});

test('a run without files, and one that applied another’s model, cannot be registered', () =>
  withVault((vault) => {
    const bare = finishedRun(vault, {}, { artifacts: [] });
    const run = finishedRun(vault);
    const applied = finishedRun(vault, { parent: run, documents: { 'evaluation-of': { run } } }, { artifacts: [] });
    expect(() => register(vault, bare)).toThrow(code('MODEL_NOT_FOUND'));
    expect(() => register(vault, applied)).toThrow(
      expect.objectContaining({ code: 'MODEL_NOT_FOUND', hint: expect.stringContaining('comes from') }),
    );
    const below = (path: string) => () =>
      registerRun(vault, { run, name: 'risk', path, description: '', reason: '', via: 'window' });
    expect(below('nowhere')).toThrow(code('MODEL_NOT_FOUND'));
    expect(below('../../other')).toThrow(code('INPUT_INVALID'));
    expect(listModels(vault.db)).toEqual([]);
  }));

test('of a script’s artifacts the folder of its model is registered', () =>
  withVault((vault) => {
    const run = finishedRun(vault, { recipe: null }, { artifacts: [] });
    const files = ['model/MLmodel', 'model/model.pkl', 'plots/roc.png'].map((path) =>
      writeModelFile(vault, run, path, path),
    );
    const insert = vault.db.prepare('INSERT INTO artifact SELECT id, ?, ?, ? FROM run WHERE uid = ?');
    for (const { path, bytes, sha256 } of files) insert.run(path, bytes, sha256, run);
    register(vault, run);
    expect(readModel(vault.db, 'risk').versions[0]).toMatchObject({
      path: 'model',
      files: 2,
      source: `runs:/${run}/model`,
    });
  }));

test('verify reads the files: it tells one that was changed and one that is gone', () =>
  withVault(async (vault) => {
    const run = finishedRun(vault);
    register(vault, run);
    expect(await verifyFiles(vault, 'risk', 1)).toEqual({ valid: true, reason: expect.stringContaining('2 files') });
    writeFileSync(join(vault.dir, 'runs', run, 'artifacts', 'weights.bin'), 'x');
    expect(await verifyFiles(vault, 'risk', 1)).toEqual({
      valid: false,
      reason: expect.stringContaining('weights.bin'),
    });
  }));

test('files that a version consists of cannot be taken away, nor its run erased', () =>
  withVault((vault) => {
    const run = finishedRun(vault);
    const key = runKey(vault.db, run);
    refuseWhenRegistered(vault.db, key, '');
    register(vault, run);
    for (const path of ['', 'model.json']) {
      expect(() => refuseWhenRegistered(vault.db, key, path)).toThrow(code('MODEL_NEEDED'));
    }
    refuseWhenRegistered(vault.db, key, 'plots');
    expect(() => vault.db.prepare('DELETE FROM run WHERE uid = ?').run(run)).toThrow(/FOREIGN KEY/);
    deleteFromRegistry(vault, 'risk', 1, 'window');
    refuseWhenRegistered(vault.db, key, 'model.json');
  }));

test('names: taken, empty and with a slash or a colon are refused; a rename takes its versions along', () =>
  withVault((vault) => {
    const run = finishedRun(vault);
    for (const name of ['', '  ', 'a/b', 'a:b', 'a\nb']) {
      expect(() => register(vault, run, name), name).toThrow(code('NAME_INVALID'));
    }
    register(vault, run);
    register(vault, run, 'Sepsis, Stufe 1 – ü');
    expect(() => renameModel(vault.db, 'risk', 'Sepsis, Stufe 1 – ü')).toThrow(code('NAME_TAKEN'));
    renameModel(vault.db, 'risk', 'mortality');
    expect(() => readModel(vault.db, 'risk')).toThrow(code('REGISTERED_MODEL_NOT_FOUND'));
    expect(showRun(vault, run).registered[1]).toEqual({ model: 'mortality', version: 1, stage: 'draft' });
  }));

test('numbers of deleted versions are not used again, and an approved one cannot be deleted', () =>
  withVault((vault) => {
    const run = finishedRun(vault);
    register(vault, run);
    register(vault, run);
    deleteFromRegistry(vault, 'risk', 2, 'window');
    expect(register(vault, run)).toBe(3);
    move(vault, 1, 'approved');
    for (const version of [1, null]) {
      expect(() => deleteFromRegistry(vault, 'risk', version, 'window')).toThrow(code('MODEL_NEEDED'));
    }
    move(vault, 1, 'retired');
    deleteFromRegistry(vault, 'risk', null, 'window');
    expect(listModels(vault.db)).toEqual([]);
    expect(showRun(vault, run).registered).toEqual([]);
    expect(listAudit(vault, 1, null).entries[0]).toMatchObject({ action: 'model.delete', detail: { model: 'risk' } });
    restoreToRegistry(vault, 'risk', null, 'window');
    expect(readModel(vault.db, 'risk').versions.map(({ version }) => version)).toEqual([3, 1]);
    restoreToRegistry(vault, 'risk', 2, 'window');
    expect(readModel(vault.db, 'risk').versions.map(({ version }) => version)).toEqual([3, 2, 1]);
    expect(() => restoreToRegistry(vault, 'risk', 2, 'window')).toThrow(code('MODEL_VERSION_NOT_FOUND'));
  }));

test('aliases: free ones move freely, those of stages follow the stage and move it, reserved ones are refused', () =>
  withVault((vault) => {
    const run = finishedRun(vault);
    register(vault, run);
    register(vault, run);
    const aliases = () => readModel(vault.db, 'risk').aliases.map(({ alias, version }) => `${alias} ${version}`);
    setAlias(vault, 'risk', 'champion', 1, 'mlflow');
    setAlias(vault, 'risk', 'champion', 2, 'mlflow');
    expect(aliases()).toEqual(['champion 2']);
    move(vault, 1, 'candidate');
    expect(aliases()).toEqual(['candidate 1', 'champion 2']);
    setAlias(vault, 'risk', 'approved', 2, 'mlflow');
    expect(aliases()).toEqual(['approved 2', 'candidate 1', 'champion 2']);
    setAlias(vault, 'risk', 'approved', null, 'mlflow');
    expect(readModel(vault.db, 'risk').versions.map(({ stage }) => stage)).toEqual(['candidate', 'candidate']);
    expect(aliases()).toEqual(['candidate 2', 'champion 2']);
    setAlias(vault, 'risk', 'champion', null, 'mlflow');
    setAlias(vault, 'risk', 'champion', null, 'mlflow');
    for (const alias of ['latest', 'v3', 'V12', 'draft', 'a b', '', 'é']) {
      expect(() => setAlias(vault, 'risk', alias, 1, 'mlflow'), alias).toThrow(code('ALIAS_INVALID'));
    }
  }));

test('tags and descriptions of a model and of a version are apart', () =>
  withVault((vault) => {
    register(vault, finishedRun(vault));
    tagModel(vault.db, 'risk', null, 'team', 'cardiology');
    tagModel(vault.db, 'risk', 1, 'site', 'A');
    describeModel(vault.db, 'risk', null, 'of a model');
    describeModel(vault.db, 'risk', 1, 'of a version');
    const model = readModel(vault.db, 'risk');
    expect([model.tags, model.versions[0]!.tags]).toEqual([{ team: 'cardiology' }, { site: 'A' }]);
    expect([model.description, model.versions[0]!.description]).toEqual(['of a model', 'of a version']);
    expect(tagModel(vault.db, 'risk', 1, 'site', null)).toBe(true);
    expect(tagModel(vault.db, 'risk', 1, 'site', null)).toBe(false);
  }));

test('lineage goes from the dataset over earlier runs to the version and on to evaluations', () =>
  withVault((vault) => {
    const first = finishedRun(vault, { name: 'first' });
    const spec = { from: { kind: 'run', run: first } };
    const tuned = finishedRun(vault, { name: 'tuned', parent: first, documents: { spec } });
    register(vault, tuned);
    finishedRun(vault, { name: 'site B', parent: tuned, documents: { 'evaluation-of': { run: tuned } } });
    const { nodes, edges } = lineageOf(vault.db, 'risk', 1);
    const label = (id: string) => nodes.find((node) => node.id === id)!.label;
    expect(edges.map(({ from, to, what }) => `${label(from)} ${what} ${label(to)}`)).toEqual([
      'tuned registered as risk@v1',
      'first went on as tuned',
      'risk@v1 applied in site B',
    ]);
  }));

test('another process hears that the registry and the run changed', () =>
  withVault((vault) => {
    const run = finishedRun(vault);
    const other = openForReading(vault.db.name);
    const { revision } = readChanges(other, 0);
    register(vault, run);
    const { nouns, runs } = readChanges(other, revision);
    expect(nouns).toEqual(expect.arrayContaining(['model', 'run', 'audit']));
    expect(runs).toEqual([run]);
    other.close();
  }));
