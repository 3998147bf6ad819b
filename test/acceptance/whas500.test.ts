import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ExportableReport, exportableReport } from '../../shared/model/exportable-run.ts';
import { notRun } from '../not-run.ts';
import { hasSampleData, jsonOf, whas500 } from './wardbook.ts';

if (!hasSampleData) notRun('WHAS500 by command line', 'there is no ../shared/data/whas500.csv');

type Trained = {
  id: string;
  status: string;
  metrics: Record<string, { value: number; low: number; high: number; method: string; subjects: number }>;
  split: { hash: string; train: number; test: number; subjectsOverlap: number };
};
type Reference = { l2: number; auc: number; probabilities: number[] };

const folder = mkdtempSync(join(tmpdir(), 'wardbook-whas500-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.runIf(hasSampleData)('WHAS500 by command line', () => {
  const vault = join(folder, 'vault');
  const train = (recipe: string, ...options: string[]): Promise<Trained> => {
    const asked = ['--dataset', 'whas500', '--target', 'fstat', '--drop', 'lenfol,los,patient_id'];
    return jsonOf<Trained>(vault, 'train', recipe, ...asked, ...options);
  };
  const report = async (...ids: string[]): Promise<{ json: ExportableReport; html: string; page: string }> => {
    const { files } = await jsonOf<{ files: string[] }>(vault, 'export', ...ids, '--out', folder, '--accept');
    const page = files.find((file) => file.endsWith('report.html'))!;
    const json = exportableReport.parse(JSON.parse(readFileSync(page.replace(/html$/, 'json'), 'utf8')));
    return { json, html: readFileSync(page, 'utf8'), page };
  };

  beforeAll(async () => {
    const args = ['dataset', 'import', whas500, '--name', 'whas500', '--subject', 'patient_id'];
    const imported = await jsonOf(vault, ...args);
    expect(imported).toMatchObject({ name: 'whas500', version: 1, rows: 500, subjects: 500 });
    expect(imported.warnings).toMatchObject([{ code: 'OUTCOME_COLUMNS', message: expect.stringContaining('lenfol') }]);
  });

  test('logistic: probabilities within 1e-4 and AUC within 1e-6 of scikit-learn on the same rows, scaling and penalty', async () => {
    const fixture = new URL('../training/fixtures/logistic-whas500.json', import.meta.url);
    const reference = JSON.parse(readFileSync(fixture, 'utf8')) as Reference;
    // Every fifth patient is tested, as in tools/training-references.py.
    const lines = readFileSync(whas500, 'utf8').trim().split(/\r?\n/);
    const parted = lines.map((line, i) => `${line},${i === 0 ? 'part' : i % 5 === 0 ? 'test' : 'train'}`);
    const path = join(folder, 'parted.csv');
    writeFileSync(path, `${parted.join('\n')}\n`);
    await jsonOf(vault, 'dataset', 'import', path, '--name', 'parted', '--subject', 'patient_id');
    const options = ['--target', 'fstat', '--drop', 'lenfol,los,patient_id', '--split-column', 'part'];
    const penalty = ['--set', `l2=${reference.l2}`];
    const { id, metrics } = await jsonOf<Trained>(
      vault,
      ...['train', 'logistic', '--dataset', 'parted', ...options, ...penalty],
    );
    type Row = { subject: string; split: string; score: number };
    const { rows } = await jsonOf<{ rows: Row[] }>(vault, 'predictions', id);
    const tested = rows.filter(({ split }) => split === 'test');
    expect(tested.map(({ subject }) => subject)).toEqual(
      lines.flatMap((line, i) => (i > 0 && i % 5 === 0 ? [line.split(',')[0]] : [])),
    );
    const worst = Math.max(...reference.probabilities.map((p, i) => Math.abs(p - tested[i]!.score)));
    expect(worst).toBeLessThan(1e-4);
    expect(Math.abs(metrics.auc!.value - reference.auc)).toBeLessThan(1e-6);
  });

  describe('with five folds', () => {
    const seeds = [1, 2, 3, 4, 5];
    const trained: Record<string, Trained[]> = { logistic: [], mlp: [] };
    beforeAll(async () => {
      for (const recipe of ['logistic', 'mlp']) {
        const waiting = [...seeds];
        const lane = async () => {
          for (let seed = waiting.shift(); seed !== undefined; seed = waiting.shift())
            trained[recipe]![seed - 1] = await train(recipe, '--folds', '5', '--seed', String(seed));
        };
        await Promise.all([lane(), lane()]);
      }
    }, 240_000);

    test('the mean AUC of mlp over five seeds is not below that of logistic by more than 0.03, on the same folds', () => {
      const hashes = (recipe: string) => trained[recipe]!.map(({ split }) => split.hash);
      expect(hashes('mlp')).toEqual(hashes('logistic'));
      const mean = (recipe: string) =>
        trained[recipe]!.reduce((sum, { metrics }) => sum + metrics.auc!.value, 0) / seeds.length;
      expect(mean('mlp')).toBeGreaterThan(mean('logistic') - 0.03);
    });

    test('the report holds AUC with interval, the confusion matrix and a ROC of at least 8 bins, and is valid', async () => {
      const runs = [trained.logistic![0]!, trained.mlp![0]!];
      const { json, html, page } = await report(...runs.map(({ id }) => id));
      for (const [i, { evaluation, family }] of json.runs.entries()) {
        const auc = evaluation!.metrics.find(({ key }) => key === 'auc');
        const { value, low, high } = runs[i]!.metrics.auc!;
        const two = (number: number) => Number(number.toFixed(2));
        expect([family, auc]).toEqual([
          ['logistic', 'mlp'][i],
          {
            kind: 'value',
            key: 'auc',
            value: two(value),
            low: two(low),
            high: two(high),
            decimals: 2,
            method: 'DeLong',
          },
        ]);
        expect(evaluation!.confusion).toMatchObject({ total: 500, rowTotals: [215, 285] });
        expect(evaluation!.roc).toMatchObject({ bins: expect.any(Number) });
        expect((evaluation!.roc as { bins: number }).bins).toBeGreaterThanOrEqual(8);
        expect(html).toContain(`${value.toFixed(2)}`);
      }
      expect(html.match(/<svg/g)!.length).toBeGreaterThanOrEqual(4);
      expect(await jsonOf(vault, 'verify', page)).toMatchObject({ valid: true });
    });

    test('compare says what differs and tests the difference', async () => {
      const ids = [trained.logistic![0]!.id, trained.mlp![0]!.id];
      expect(await jsonOf(vault, 'compare', ...ids)).toMatchObject({
        differs: { data: [] },
        tests: expect.arrayContaining([
          expect.objectContaining({ a: ids[0], b: ids[1], metric: 'auc', sentence: expect.any(String) }),
        ]),
      });
    });
  });

  test('with one 80/20 split the report says which figures were suppressed and by which rule', async () => {
    const { id, split } = await train('logistic', '--split', '0.8/0/0.2');
    expect(split).toMatchObject({ train: 400, test: 100, subjectsOverlap: 0 });
    const { json, html } = await report(id);
    expect(json.runs[0]!.evaluation).toMatchObject({
      confusion: { suppressed: 'S5' },
      roc: { suppressed: 'S6' },
      calibration: { suppressed: 'S8' },
      histogram: { suppressed: 'S8' },
    });
    for (const rule of ['S5', 'S6', 'S8']) {
      expect(html).toContain(`suppressed ${rule}`);
      expect(json.rules.find((each) => each.rule === rule)!.refused).toBeGreaterThan(0);
    }
  });
});
