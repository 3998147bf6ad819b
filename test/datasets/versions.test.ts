import { chmodSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { datasetOperations } from '../../main/datasets/operations.ts';
import { listAudit } from '../../main/store/audit.ts';
import { findVersion } from '../../main/store/datasets.ts';
import { openTable } from '../../main/store/table/open-table.ts';
import { blobFolder } from '../../main/store/table/table-file.ts';
import { bySubject, importFile, testFolder, testVault, vaultState, write } from './support.ts';

const folder = testFolder();
const vault = testVault(folder);
const first = 'id,site,age,note\n1,A,50,x\n2,A,61,y\n3,B,72,\n';

test('unchanged content makes no version, whatever the delimiter, the encoding and the name of the file; changed content makes the next', async () => {
  const one = await importFile(vault, write(folder, first), 'same', bySubject('id'));
  const state = vaultState(vault);
  const wide = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(first.replaceAll(',', ';'), 'utf16le')]);
  const again = await importFile(vault, write(folder, wide, 'other.tsv'), 'same', bySubject('id'));
  expect([again.version, again.hash]).toEqual([1, one.hash]);
  expect(vaultState(vault)).toEqual(state);
  const changed = await importFile(vault, write(folder, first.replace('72', '73')), 'same', bySubject('id'));
  expect(changed.version).toBe(2);
  expect(changed.hash).not.toBe(one.hash);
  expect((await importFile(vault, write(folder, first), 'SAME', bySubject('id'))).version).toBe(1);
});

test('another declaration is another version of the same content, and shares its files', async () => {
  await importFile(vault, write(folder, first), 'declared', bySubject('id'));
  const files = vaultState(vault).files;
  const none = await importFile(vault, write(folder, first), 'declared');
  expect([none.version, none.subjects, none.subjectMode]).toEqual([2, null, 'none']);
  expect(vaultState(vault).files).toEqual(files);
});

test('one row per person, declared by name, is in the audit log with counts', async () => {
  const { importTable } = await import('../../main/datasets/import-table.ts');
  const version = await importTable(vault, {
    path: write(folder, first),
    name: 'per-row',
    subject: { kind: 'per-row' },
  });
  expect([version.subjects, version.subjectMode, version.warnings[0]!.code]).toEqual([3, 'per-row', 'SUBJECT_PER_ROW']);
  expect(listAudit(vault, 1, null).entries[0]).toMatchObject({
    action: 'dataset.subject-per-row',
    detail: { dataset: 'per-row', version: 1, rows: 3 },
  });
  const table = openTable(vault.dir, findVersion(vault.db, 'per-row', 1));
  expect([[...table.subjects()!], table.subjectLabel(2)]).toEqual([[0, 1, 2], 'row 3']);
  table.close();
});

test('the files of a dataset are read-only and private', async () => {
  await importFile(vault, write(folder, first), 'private');
  const place = blobFolder(vault.dir, findVersion(vault.db, 'private', null).blob);
  for (const name of ['original', 'table.bin', 'table.json'])
    expect(statSync(join(place, name)).mode & 0o777).toBe(0o400);
  expect(statSync(place).mode & 0o777).toBe(0o700);
});

describe('diff', () => {
  const versions = async (name: string, texts: string[], subject = true) => {
    for (const text of texts) await importFile(vault, write(folder, text), name, subject ? bySubject('id') : undefined);
    return datasetOperations['datasets.diff'](vault, { from: { name, version: 1 }, to: { name, version: 2 } });
  };

  test('counts rows by their subject, cells by column, and persons', async () => {
    const diff = await versions('diffed', [
      'id,age,old\na,50,1\na,51,1\nb,60,2\nc,70,3\n',
      'id,age,new\na,50,1\na,55,1\nc,70,3\nd,80,4\ne,81,5\n',
    ]);
    expect(diff).toEqual({
      from: { name: 'diffed', version: 1 },
      to: { name: 'diffed', version: 2 },
      rows: { added: 2, removed: 1, changed: 1, unchanged: 2 },
      subjects: { added: 2, removed: 1, kept: 2 },
      columns: {
        added: ['new'],
        removed: ['old'],
        changed: [{ name: 'age', cells: 1, typeFrom: 'integer', typeTo: 'integer' }],
      },
    });
  });

  test('without a subject column rows are matched by content and nobody is counted', async () => {
    const diff = await versions('unmatched', ['a,b\n1,x\n1,x\n2,y\n', 'a,b\n1,x\n2.5,y\n3,z\n'], false);
    expect(diff.rows).toEqual({ added: 2, removed: 2, changed: null, unchanged: 1 });
    expect(diff.subjects).toBeNull();
    expect(diff.columns.changed.map(({ name, cells, typeTo }) => [name, cells, typeTo])).toEqual([
      ['a', null, 'number'],
      ['b', null, 'text'],
    ]);
  });
});

test('verify finds a changed original, a changed column and a missing file', async () => {
  const verify = () => datasetOperations['datasets.verify'](vault, { name: 'verified', version: null });
  await importFile(vault, write(folder, 'a,b\n1,2\n3,4.5\n'), 'verified');
  expect(verify().valid).toBe(true);
  const place = blobFolder(vault.dir, findVersion(vault.db, 'verified', null).blob);
  for (const [name, says] of [
    ['original', /original file/],
    ['table.bin', /columnar form/],
    ['table.json', /columnar form/],
  ] as const) {
    const path = join(place, name);
    const bytes = readFileSync(path);
    const other = Buffer.from(bytes);
    other[name === 'table.json' ? 0 : other.length - 1]! ^= 1;
    chmodSync(path, 0o600);
    writeFileSync(path, other);
    expect(verify()).toMatchObject({ valid: false, reason: expect.stringMatching(says) });
    writeFileSync(path, bytes);
  }
  expect(verify().valid).toBe(true);
});

describe('setRole', () => {
  const roles = (name: string) =>
    Object.fromEntries(findVersion(vault.db, name, 1).columns.map((column) => [column.name, column.role]));
  const set = (name: string, column: string, role: 'feature' | 'site' | 'ignored' | 'subject') =>
    datasetOperations['datasets.setRole'](vault, { name, version: 1, column, role });

  test('changes what a column is for', async () => {
    await importFile(vault, write(folder, first), 'roles', bySubject('id'));
    set('roles', 'note', 'ignored');
    expect(roles('roles').note).toBe('ignored');
    expect(() => set('roles', 'none', 'feature')).toThrow(expect.objectContaining({ code: 'COLUMN_NOT_FOUND' }));
    expect(() => set('roles', 'age', 'subject')).toThrow(expect.objectContaining({ code: 'INPUT_INVALID' }));
  });

  test('counts persons anew when the site column changes, until a run has used the version', async () => {
    const text = 'id,site,ward\n7,A,p\n7,B,p\n7,B,q\n';
    expect((await importFile(vault, write(folder, text), 'sites', bySubject('id'))).subjects).toBe(2);
    set('sites', 'site', 'feature');
    expect(findVersion(vault.db, 'sites', 1)).toMatchObject({ subjects: 1, siteColumn: null });
    set('sites', 'ward', 'site');
    expect(findVersion(vault.db, 'sites', 1)).toMatchObject({ subjects: 2, siteColumn: 'ward' });
    const { id } = vault.db
      .prepare("SELECT v.id FROM dataset_version v JOIN dataset d ON d.id = v.dataset_id WHERE d.name = 'sites'")
      .get() as { id: number };
    vault.db.exec(`INSERT INTO study (uid, name, created_at) VALUES ('s', 's', 0);
      INSERT INTO run (uid, study_id, name, status, dataset_version_id, created_at) VALUES ('r', 1, 'r', 'finished', ${id}, 0)`);
    expect(() => set('sites', 'ward', 'feature')).toThrow(expect.objectContaining({ code: 'INPUT_INVALID' }));
    expect(datasetOperations['datasets.runs'](vault, { name: 'sites', version: 1 })).toEqual(['r']);
  });
});

test('an unknown dataset or version is DATASET_NOT_FOUND', () => {
  expect(() => findVersion(vault.db, 'nothing', null)).toThrow(expect.objectContaining({ code: 'DATASET_NOT_FOUND' }));
  expect(() => findVersion(vault.db, 'same', 99)).toThrow(expect.objectContaining({ code: 'DATASET_NOT_FOUND' }));
});
