import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findVersion } from '../../main/store/datasets.ts';
import { newestVersion } from '../../main/store/migrate.ts';
import { migration0001 } from '../../main/store/migrations/0001-initial.ts';
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
