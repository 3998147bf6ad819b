import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createRandom } from '../../shared/statistics/random.ts';
import { canOpenWindow } from './browser.ts';
import { type DrivenApp, openApp } from './driven-app.ts';
import { comparePage } from './pages/compare-page.ts';
import { datasetsPage } from './pages/datasets-page.ts';
import { runPage } from './pages/run-page.ts';
import { trainPage } from './pages/train-page.ts';
import { textOf } from './text-of.ts';

/** 240 persons whose stay follows their age and stage, with noise. */
function ward(): string {
  const random = createRandom(5);
  const rows = Array.from({ length: 240 }, (_, at) => {
    const age = 40 + random.below(50);
    const stage = 1 + random.below(4);
    const stay = 2 + 0.1 * (age - 40) + 1.5 * stage + 4 * random.uniform();
    return `p${at},${age},${stage},${random.below(2) === 0 ? 'female' : 'male'},${stay.toFixed(2)}`;
  });
  return `person,age,stage,sex,stay\n${rows.join('\n')}\n`;
}

describe.runIf(canOpenWindow('a number predicted, from Train to its evaluation'))('a number is predicted', () => {
  const folder = mkdtempSync(join(tmpdir(), 'wardbook-numbers-'));
  let app: DrivenApp;

  beforeAll(async () => {
    app = await openApp();
    const table = join(folder, 'ward.csv');
    writeFileSync(table, ward());
    const datasets = datasetsPage(app);
    await datasets.open();
    await datasets.importTable(table);
  });
  afterAll(async () => {
    expect(await app.close()).toBe(0);
    rmSync(folder, { recursive: true, force: true });
  });

  test('a column of many numbers is read as a number, and recipes that predict classes say so', async () => {
    const train = trainPage(app);
    await train.open('ward');
    await train.chooseTarget('stay');
    await app.page.getByRole('region', { name: 'Data' }).getByText('as a number').waitFor();
    expect(await train.recipe('logistic').isDisabled()).toBe(true);
    expect(await textOf(train.recipe('logistic'))).toMatch(/predicts classes only/);
    expect(await train.recipe('linear').getAttribute('aria-checked')).toBe('true');
  });

  test('a column of few numbers can be read either way', async () => {
    const train = trainPage(app);
    await train.chooseTarget('stage');
    await train.readAs('as a number');
    await expect.poll(() => train.recipe('logistic').isDisabled()).toBe(true);
    await train.readAs('as classes');
    await expect.poll(() => train.recipe('linear').isDisabled()).toBe(true);
    await train.chooseTarget('stay');
  });

  test('the evaluation shows its errors with intervals, and observed beside predicted numbers', {
    timeout: 60_000,
  }, async () => {
    const train = trainPage(app);
    await train.chooseRecipe('linear');
    await train.name('stay by line');
    await train.start();
    const run = runPage(app);
    await run.becomes('Done');
    await run.show('Evaluation');
    const estimates = app.page.getByRole('table', { name: 'Estimates' });
    await estimates.waitFor();
    expect(await textOf(estimates)).toMatch(/R²\s*0\.\d+\s*\[0\.\d+–0\.\d+\][\s\S]*RMSE\s*\d\.\d+\s*\[/);
    for (const title of ['Predicted against observed', 'Residuals', 'Distribution of residuals']) {
      await run.figure(title).locator('.main-svg').first().waitFor();
    }
    expect(await run.figure('Predicted against observed').locator('.scatterlayer .point').count()).toBe(240);
    await run.figure('Distribution of residuals').focus();
    await app.press('t');
    const rows = app.page.getByRole('table', { name: 'Distribution of residuals' }).locator('tbody tr td:last-child');
    const counts = (await rows.allTextContents()).map(Number);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(240);
    await app.press('t');
    expect(await textOf(run.facts())).toMatch(/R²\s*0\.\d+/);
  });

  test('two such runs are compared, with what is real', { timeout: 60_000 }, async () => {
    const train = trainPage(app);
    await train.open('ward');
    await train.chooseTarget('stay');
    await train.chooseRecipe('random forest');
    await train.name('stay by trees');
    const forest = await train.start();
    const run = runPage(app);
    await run.becomes('Done');
    const { runs } = await app.call('runs.list', {
      study: null,
      filter: '',
      sort: null,
      limit: 10,
      cursor: null,
      bin: false,
    });
    await app.go(`/compare/${[forest, ...runs.map(({ id }) => id).filter((id) => id !== forest)].join(',')}`);
    const compare = comparePage(app);
    expect(await textOf(compare.row('stay by trees'))).toMatch(/0\.\d+\s*\[0\.\d+–0\.\d+\]/);
    await compare.reality
      .getByText(/^(Real|No difference|Not shown)$/)
      .first()
      .waitFor();
    expect(await app.page.getByRole('figure', { name: /^ROC/ }).count()).toBe(0);
    await app.page.getByRole('figure', { name: /^Predicted against observed/ }).waitFor();
  });

  test('nothing of this was an error of the window', () => {
    expect(app.problems).toEqual([]);
    expect(app.errors()).toBe('');
  });
});
