import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findVersion } from '../../main/store/datasets.ts';
import { openTable } from '../../main/store/table/open-table.ts';
import { notRun } from '../not-run.ts';
import { bySubject, hasSampleData, importFile, noSubject, sampleData, testFolder, testVault } from './support.ts';

if (!hasSampleData) {
  notRun('import of the sample data', 'there is no ../shared/data beside the project');
  test('nothing to import here', () => expect(hasSampleData).toBe(false));
} else {
  const vault = testVault(testFolder());
  const sample = (name: string) => join(sampleData, name);
  const codes = (version: { warnings: { code: string }[] }) => version.warnings.map(({ code }) => code);

  test('whas500: 500 patients, 215 deaths, and what follows fstat is not a feature', async () => {
    const version = await importFile(vault, sample('whas500.csv'), 'whas500', bySubject('patient_id'));
    expect([version.rows, version.subjects, version.columns.length]).toEqual([500, 500, 17]);
    const roles = Object.fromEntries(version.columns.map(({ name, role }) => [name, role]));
    expect(roles).toMatchObject({
      patient_id: 'subject',
      fstat: 'event',
      lenfol: 'time',
      los: 'ignored',
      age: 'feature',
    });
    expect(version.warnings).toEqual([
      { code: 'OUTCOME_COLUMNS', message: expect.stringMatching(/los, lenfol .* fstat/) },
    ]);
    const table = openTable(vault.dir, findVersion(vault.db, 'whas500', null));
    const fstat = table.column('fstat');
    expect(fstat.kind === 'numeric' && fstat.values.reduce((sum, value) => sum + value, 0)).toBe(215);
    expect(table.subjectLabel(0)).toBe('W00001');
    table.close();
  });

  test('gbsg2: 686 patients, time and cens are the outcome', async () => {
    const version = await importFile(vault, sample('gbsg2.csv'), 'gbsg2', bySubject('patient_id'));
    expect([version.rows, version.subjects]).toEqual([686, 686]);
    const cens = version.columns.find(({ name }) => name === 'cens')!;
    expect(cens.distribution).toEqual({
      kind: 'levels',
      levels: [
        { level: '0', count: 387 },
        { level: '1', count: 299 },
      ],
      other: 0,
    });
  });

  test('covid-cxr: 48 patients behind 55 ids, 6 of them with 13 ids; 55 when ids are taken as they are', async () => {
    const grouped = await importFile(vault, sample('covid-cxr/metadata.csv'), 'covid', bySubject('patientid'));
    expect([grouped.rows, grouped.subjects]).toEqual([55, 48]);
    expect(grouped.warnings.find(({ code }) => code === 'SUBJECT_IDS_GROUPED')!.message).toMatch(
      /55 ids .* 48 persons: 6 persons own 13 ids/,
    );
    const exact = await importFile(vault, sample('covid-cxr/metadata.csv'), 'covid', bySubject('patientid', true));
    expect([exact.version, exact.subjects, exact.hash === grouped.hash]).toEqual([2, 55, true]);
    expect(codes(exact)).not.toContain('SUBJECT_IDS_GROUPED');
    const notes = exact.columns.find(({ name }) => name === 'notes')!;
    expect([notes.role, notes.distribution]).toEqual(['free-text', { kind: 'none' }]);
  });

  test('the labels of the X-rays: no subject column, and a column that states the split', async () => {
    const version = await importFile(vault, sample('pneumonia-xray/labels.csv'), 'xray', noSubject);
    expect([version.rows, version.subjects]).toEqual([5030, null]);
    expect(version.columns.map(({ role }) => role)).toEqual(['identifier', 'split', 'target']);
    expect(codes(version)).toContain('NO_SUBJECT_COLUMN');
  });
}
