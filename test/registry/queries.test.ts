import { afterAll, beforeEach, expect, test } from 'vitest';
import type { ReadableDb, Statement } from '../../main/store/open.ts';
import { createModel } from '../../main/store/registry/models.ts';
import { listModels, readModel, readModels } from '../../main/store/registry/read-models.ts';
import { readVersion, readVersions } from '../../main/store/registry/read-versions.ts';
import { readModelRows, readVersionRows } from '../../main/store/registry/search-rows.ts';
import { addVersion } from '../../main/store/registry/versions.ts';
import { runKey } from '../../main/store/run-key.ts';
import { makeRun, openTestVault, temporaryFolder } from '../store/vault-fixture.ts';

const vault = openTestVault(temporaryFolder());
const { db } = vault;
afterAll(() => vault.close());
beforeEach(() => {
  db.exec('DELETE FROM model_alias; DELETE FROM model_tag; DELETE FROM model_version_tag;');
});

/** So many models with so many versions each, of runs that have files, results and tags. */
function fill(models: number, versions: number): void {
  for (let m = 0; m < models; m++) {
    const model = `model ${Math.random()}`;
    createModel(db, model, { tags: { site: String(m) } });
    for (let v = 0; v < versions; v++) {
      const run = runKey(db, makeRun(vault, 'finished'));
      const files = [{ path: 'model/MLmodel', bytes: 7 + v, sha256: String(v).padStart(64, '0') }];
      db.prepare('INSERT INTO artifact (run_id, path, bytes, sha256) VALUES (?, ?, ?, ?)').run(
        run,
        'model/MLmodel',
        7,
        // Every second one is no longer what it was.
        String(v % 2 === 0 ? v : 'f').padStart(64, '0'),
      );
      db.prepare(
        `INSERT INTO estimate (run_id, key, value, method, rows) VALUES (?, 'test/auc', 0.5, '', 1), (?, 'oof/auc', 0.6, '', 1)`,
      ).run(run, run);
      addVersion(db, {
        model,
        run,
        source: 'runs:/x',
        path: 'model',
        loggedModel: null,
        files: v === 3 ? [] : files,
        runLink: '',
        description: '',
        tags: { number: String(v) },
        by: 'jd',
        via: 'mlflow',
        reason: 'r',
      });
    }
  }
}

/** The same database, and how many queries were made of it. */
function counted(): { db: ReadableDb; queries: () => number } {
  let queries = 0;
  const statementOf = (own: Statement): Statement =>
    new Proxy(own, {
      get(target, name) {
        const value = Reflect.get(target, name) as unknown;
        if (typeof value !== 'function') return value;
        return (...bound: unknown[]) => {
          if (['all', 'get', 'iterate'].includes(String(name))) queries++;
          const answer = value.apply(target, bound) as unknown;
          return answer === target ? statementOf(target) : answer;
        };
      },
    });
  const proxy = new Proxy(db, {
    get(target, name) {
      const value = Reflect.get(target, name) as unknown;
      if (name === 'prepare') return (text: string) => statementOf(target.prepare<unknown[]>(text));
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  return { db: proxy, queries: () => queries };
}

const ids = (table: string) => db.prepare(`SELECT id FROM ${table} ORDER BY id`).pluck().all() as number[];

test('lists and searches of the registry make as many queries of fifty versions as of two', () => {
  const readings: Record<string, (db: ReadableDb) => unknown[]> = {
    listModels,
    readModels: (own) => readModels(own, ids('registered_model')),
    readVersions: (own) => readVersions(own, ids('model_version')),
    readModelRows,
    readVersionRows,
  };
  const count = () =>
    Object.fromEntries(
      Object.entries(readings).map(([name, read]) => {
        const { db: own, queries } = counted();
        expect(read(own).length).toBeGreaterThan(0);
        return [name, queries()];
      }),
    );
  fill(1, 2);
  const few = count();
  expect(few).toEqual({ listModels: 6, readModels: 9, readVersions: 5, readModelRows: 2, readVersionRows: 2 });
  fill(8, 6);
  expect(count()).toEqual(few);
});

test('versions and models read together are what they are one by one', () => {
  fill(3, 5);
  const versions = ids('model_version').toReversed();
  expect(readVersions(db, versions)).toEqual(versions.map((id) => readVersion(db, id)));
  const states = readVersions(db, ids('model_version').slice(-5)).map(({ state, bytes, files }) => [
    state,
    bytes,
    files,
  ]);
  expect(states).toEqual([
    ['intact', 7, 1],
    ['changed', 8, 1],
    ['intact', 9, 1],
    ['no-files', 0, 0],
    ['intact', 11, 1],
  ]);
  const names = readModelRows(db).map(({ name }) => name);
  const models = readModelRows(db).map(({ id }) => id);
  expect(readModels(db, models)).toEqual(names.map((name) => readModel(db, name)));
  expect(readModel(db, names[0]!).versions.every(({ main }) => main?.key === 'test/auc')).toBe(true);
});
