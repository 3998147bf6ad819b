import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ExportableReport, exportableReport } from '../../shared/model/exportable-run.ts';
import { notRun } from '../not-run.ts';
import { hasSampleData, jsonOf } from './wardbook.ts';
import {
  againstScikitLearn,
  importWhas500,
  meanAuc,
  overFiveSeeds,
  type Trained,
  trainWhas500,
} from './whas500-job.ts';

if (!hasSampleData) notRun('WHAS500 by command line', 'there is no ../shared/data/whas500.csv');

const folder = mkdtempSync(join(tmpdir(), 'wardbook-whas500-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.runIf(hasSampleData)('WHAS500 by command line', () => {
  const vault = join(folder, 'vault');
  const report = async (...ids: string[]): Promise<{ json: ExportableReport; html: string; page: string }> => {
    const { files } = await jsonOf<{ files: string[] }>(vault, 'export', ...ids, '--out', folder, '--accept');
    const page = files.find((file) => file.endsWith('report.html'))!;
    const json = exportableReport.parse(JSON.parse(readFileSync(page.replace(/html$/, 'json'), 'utf8')));
    return { json, html: readFileSync(page, 'utf8'), page };
  };

  beforeAll(async () => {
    const imported = await importWhas500(vault);
    expect(imported).toMatchObject({ name: 'whas500', version: 1, rows: 500, subjects: 500 });
    expect(imported.warnings).toMatchObject([{ code: 'OUTCOME_COLUMNS', message: expect.stringContaining('lenfol') }]);
  });

  test('logistic: probabilities within 1e-4 and AUC within 1e-6 of scikit-learn on the same rows, scaling and penalty', async () => {
    const { worstProbability, auc, referenceAuc, tested, wanted } = await againstScikitLearn(vault, folder);
    expect(tested).toEqual(wanted);
    expect(worstProbability).toBeLessThan(1e-4);
    expect(Math.abs(auc - referenceAuc)).toBeLessThan(1e-6);
  });

  describe('with five folds', () => {
    let logistic: Trained[];
    let mlp: Trained[];
    beforeAll(async () => {
      logistic = await overFiveSeeds(vault, 'logistic');
      mlp = await overFiveSeeds(vault, 'mlp');
    }, 240_000);

    test('the mean AUC of mlp over five seeds is not below that of logistic by more than 0.03, on the same folds', () => {
      expect(mlp.map(({ split }) => split.hash)).toEqual(logistic.map(({ split }) => split.hash));
      expect(meanAuc(mlp)).toBeGreaterThan(meanAuc(logistic) - 0.03);
    });

    test('the report holds AUC with interval, the confusion matrix and a ROC of at least 8 bins, and is valid', async () => {
      const runs = [logistic[0]!, mlp[0]!];
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
        expect((evaluation!.roc as { bins: number }).bins).toBeGreaterThanOrEqual(8);
        expect(html).toContain(value.toFixed(2));
      }
      expect(html.match(/<svg/g)!.length).toBeGreaterThanOrEqual(4);
      expect(await jsonOf(vault, 'verify', page)).toMatchObject({ valid: true });
    });

    test('compare says what differs and tests the difference', async () => {
      const ids = [logistic[0]!.id, mlp[0]!.id];
      expect(await jsonOf(vault, 'compare', ...ids)).toMatchObject({
        differs: { data: [] },
        tests: expect.arrayContaining([
          expect.objectContaining({ a: ids[0], b: ids[1], metric: 'auc', sentence: expect.any(String) }),
        ]),
      });
    });
  });

  test('with one 80/20 split the report says which figures were suppressed and by which rule', async () => {
    const { id, split } = await trainWhas500(vault, 'logistic', '--split', '0.8/0/0.2');
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
