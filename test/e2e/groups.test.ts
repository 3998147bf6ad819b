import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { canOpenWindow } from './browser.ts';
import { type DrivenApp, openApp } from './driven-app.ts';
import { runPage } from './pages/run-page.ts';

describe.runIf(canOpenWindow('metrics per group of persons'))('metrics per group', () => {
  let app: DrivenApp;

  beforeAll(async () => {
    app = await openApp();
    await app.call('datasets.synthetic', {});
    const { id } = await app.call('training.start', {
      recipe: 'logistic',
      dataset: { name: 'synthetic-cohort', version: null },
      target: 'readmitted_1y',
      features: null,
      drop: ['length_of_stay'],
      params: {},
      split: { kind: 'folds', folds: 3 },
      seed: 1,
      engine: 'cpu',
      study: 'Default',
      name: 'by group',
    });
    const run = runPage(app);
    await run.open(id);
    await run.becomes('Done');
    await run.show('Groups');
  }, 90_000);
  afterAll(async () => {
    expect(await app.close()).toBe(0);
  });

  const choose = async (field: string, option: string) => {
    await app.page.getByRole('combobox', { name: field }).click();
    await app.page.getByRole('option', { name: new RegExp(`^${option}`) }).click();
  };
  const table = async (title: string) => {
    await runPage(app).figure(title).focus();
    await app.press('t');
    const rows = app.page.getByRole('table', { name: title }).locator('tbody tr');
    await rows.first().waitFor();
    const texts = await rows.evaluateAll((all) => all.map((row) => [...row.children].map((cell) => cell.textContent)));
    await app.press('t');
    return texts;
  };

  test('a point with its interval per level, everybody dashed, and a sentence on whether they differ', async () => {
    await choose('Group by', 'sex');
    await runPage(app).figure('AUC by sex').locator('.main-svg').first().waitFor();
    const rows = await table('AUC by sex');
    expect(rows.length).toBeGreaterThanOrEqual(2);
    for (const [, value, low, high] of rows.slice(0, 2)) {
      expect(Number(low)).toBeLessThan(Number(value));
      expect(Number(high)).toBeGreaterThan(Number(value));
    }
    await app.page.getByText(/^The groups differ (no )?more than chance .*p [=<]/).waitFor();
  });

  test('numbers are put in as many bins of equally many rows as asked for; another metric can be chosen', async () => {
    await choose('Group by', 'age');
    await choose('Bins', '5');
    await choose('Metric', 'Brier');
    await expect.poll(async () => (await table('Brier by age')).length, { timeout: 15_000 }).toBe(5);
    const counts = (await table('Brier by age')).map((row) => Number(row.at(-1)!.replaceAll(',', '')));
    expect(Math.max(...counts)).toBeLessThan(1.5 * Math.min(...counts));
  });

  test('each feature stands with what is lost without it, the most needed first', async () => {
    await runPage(app).show('Features');
    const rows = await table('Features');
    const means = rows.map(([, mean]) => Number(mean!.replace('−', '-')));
    expect(means.length).toBeGreaterThan(3);
    expect(means).toEqual([...means].sort((a, b) => b - a));
  });

  test('a run that is run again says that it is identical, and to which', { timeout: 60_000 }, async () => {
    await app.page.getByRole('button', { name: 'Rerun', exact: true }).click();
    const rerun = app.page.getByRole('region', { name: 'Rerun' });
    await rerun.getByText('Identical').waitFor({ timeout: 45_000 });
    await rerun.getByRole('link', { name: 'by group' }).waitFor();
  });

  test('nothing of this was an error of the window', () => {
    expect(app.problems).toEqual([]);
    expect(app.errors()).toBe('');
  });
});
