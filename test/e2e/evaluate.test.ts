import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createRandom } from '../../shared/statistics/random.ts';
import { canOpenWindow } from './browser.ts';
import { type DrivenApp, openApp } from './driven-app.ts';
import { fromMore } from './from-more.ts';
import { runPage } from './pages/run-page.ts';
import { textOf } from './text-of.ts';

/** A ward of `rows` persons, numbered from `first`; the outcome follows age. `site` names the column of levels. */
function ward(seed: number, first: number, rows: number, levels: string[]): string {
  const random = createRandom(seed);
  const lines = Array.from({ length: rows }, (_, at) => {
    const age = 40 + random.below(50);
    const died = random.normal() + (age - 65) / 12 > 0 ? 'yes' : 'no';
    return `p${first + at},${age},${levels[at % levels.length]},${died}`;
  });
  return `person,age,admitted,died\n${lines.join('\n')}\n`;
}

describe.runIf(canOpenWindow('a model evaluated on other data, from its screen'))('evaluated elsewhere', () => {
  const folder = mkdtempSync(join(tmpdir(), 'wardbook-elsewhere-'));
  let app: DrivenApp;
  let trained = '';

  async function importTable(name: string, text: string) {
    const table = join(folder, `${name}.csv`);
    writeFileSync(table, text);
    app.willChoose(table);
    const picked = await app.call('datasets.pick', {});
    const subject = { kind: 'column', column: 'person', exact: false } as const;
    await app.call('datasets.import', { handle: picked!.handle, name, subject });
  }

  beforeAll(async () => {
    app = await openApp();
    await importTable('here', ward(1, 0, 300, ['by day', 'by night']));
    await importTable('elsewhere', ward(2, 280, 200, ['by day', 'by night', 'unknown']));
    await importTable('without-age', ward(3, 600, 100, ['by day']).replaceAll(/^(\w+),\w+,/gm, '$1,'));
    trained = (
      await app.call('training.start', {
        recipe: 'logistic',
        dataset: { name: 'here', version: null },
        target: 'died',
        features: ['age', 'admitted'],
        drop: [],
        params: {},
        split: { kind: 'folds', folds: 5 },
        seed: 1,
        engine: 'cpu',
        study: 'Default',
        name: 'at home',
      })
    ).id;
    const run = runPage(app);
    await run.open(trained);
    await run.becomes('Done');
  }, 90_000);
  afterAll(async () => {
    expect(await app.close()).toBe(0);
    rmSync(folder, { recursive: true, force: true });
  });

  async function choose(dataset: string) {
    await app.page.getByRole('dialog').getByRole('combobox', { name: 'Dataset' }).click();
    await app.page.getByRole('option', { name: new RegExp(`^${dataset} `) }).click();
  }
  const evaluate = () => app.page.getByRole('dialog').getByRole('button', { name: 'Evaluate', exact: true });

  test('data that lacks a column is refused before anything is written', async () => {
    await fromMore(app.page, 'Evaluate');
    await choose('without-age');
    await app.page.getByText('These columns are missing: age.').waitFor();
    expect(await evaluate().isDisabled()).toBe(true);
  });

  test('new levels and persons seen in training are named before it starts, and stay with the run', {
    timeout: 60_000,
  }, async () => {
    await choose('elsewhere');
    const dialog = app.page.getByRole('dialog');
    await dialog.getByText('20 subjects seen in training are left out with 20 rows.').waitFor();
    await dialog.getByText(/admitted has 1 level that training did not have/).waitFor();
    await evaluate().click();
    const run = runPage(app);
    await app.page.getByRole('region', { name: 'Evaluated elsewhere' }).waitFor();
    await run.becomes('Done');
    await run.show('Evaluation');
    await run.figure('ROC').waitFor();
    expect((await run.confusion()).reduce((sum, cell) => sum + cell)).toBe(180);
    expect(await textOf(app.page.getByRole('region', { name: 'Evaluated elsewhere' }))).toMatch(
      /at home[\s\S]*20 subjects seen in training are left out/,
    );
    await app.page.getByRole('region', { name: 'Evaluated elsewhere' }).getByRole('link', { name: 'at home' }).click();
    await app.page.getByRole('heading', { name: 'at home' }).waitFor();
  });

  test('nothing of this was an error of the window', () => {
    expect(app.problems).toEqual([]);
    expect(app.errors()).toBe('');
  });
});
