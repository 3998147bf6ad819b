import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findVersion } from '../../main/store/datasets.ts';
import { newestVersion } from '../../main/store/migrate.ts';
import { migration0001 } from '../../main/store/migrations/0001-initial.ts';
import { migration0002 } from '../../main/store/migrations/0002-images.ts';
import { openForWriting } from '../../main/store/open.ts';
import { openTestVault, temporaryFolder } from './vault-fixture.ts';

let folder: string;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('a vault of version 1 keeps its tables when it is opened, and they are tables without images', () => {
  const dir = join(folder, 'vault');
  mkdirSync(dir);
  const old = openForWriting(join(dir, 'wardbook.db'));
  old.exec(migration0001);
  old.exec(`INSERT INTO dataset VALUES (1, 'old', 1000);
    INSERT INTO dataset_version VALUES (1, 1, 1, 'table', 'abc', 2, 2, 'id', 'grouped', NULL, 'blob', 10, 'old.csv',
      '{"delimiter":",","encoding":"UTF-8","decimal":"."}', '[]', '[]', 2000)`);
  const before = old.prepare('SELECT * FROM dataset_version').all();
  old.pragma('user_version = 1');
  old.close();

  const vault = openTestVault(dir);
  expect(vault.db.pragma('user_version', { simple: true })).toBe(newestVersion);
  expect(vault.db.prepare('SELECT * FROM dataset_version').all()).toMatchObject(before as object[]);
  const version = findVersion(vault.db, 'old', 1);
  expect(version).toMatchObject({ kind: 'table', rows: 2, subjectColumn: 'id', images: null, skipped: [] });
  expect(vault.db.prepare('SELECT count(*) AS n FROM v_datasets').get()).toEqual({ n: 1 });
  vault.close();
});

test('a vault of version 2 keeps its runs when it is opened; what version 3 records of them is unknown, and none holds cores', () => {
  const dir = join(folder, 'vault');
  mkdirSync(dir);
  const old = openForWriting(join(dir, 'wardbook.db'));
  old.exec(migration0001);
  old.exec(migration0002);
  old.exec(`INSERT INTO study (id, uid, name, created_at) VALUES (7, '${'c'.repeat(32)}', 'Old study', 1000);
    INSERT INTO run (id, uid, study_id, name, status, reason, recipe, seed, created_at, started_at, ended_at) VALUES
      (1, '${'a'.repeat(32)}', 7, 'done', 'finished', NULL, 'mlp', 1, 1000, 1100, 1200),
      (2, '${'b'.repeat(32)}', 7, 'broken', 'failed', 'It failed.', 'mlp', 2, 2000, 2100, 2200)`);
  const before = old.prepare('SELECT * FROM run ORDER BY id').all();
  old.pragma('user_version = 2');
  old.close();

  const vault = openTestVault(dir);
  expect(vault.db.pragma('user_version', { simple: true })).toBe(newestVersion);
  const after = vault.db.prepare('SELECT * FROM run ORDER BY id').all();
  expect(after).toMatchObject(before as object[]);
  expect(after).toMatchObject([
    { rate: null, rate_unit: null, error_code: null },
    { rate: null, rate_unit: null, error_code: null },
  ]);
  expect(vault.db.prepare('SELECT count(*) AS n FROM claim').get()).toEqual({ n: 0 });
  vault.close();
});
