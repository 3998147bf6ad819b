import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { CallGiven } from '../../shared/contract/index.ts';
import { openAxe } from './axe.ts';
import { canOpenWindow } from './browser.ts';
import { type DrivenApp, openApp } from './driven-app.ts';
import { misfits } from './layout.ts';
import { datasetsPage } from './pages/datasets-page.ts';

type Spec = CallGiven<'training.start'>;

const spec: Spec = {
  recipe: 'logistic',
  dataset: { name: 'synthetic-cohort', version: null },
  target: 'readmitted_1y',
  features: null,
  drop: ['length_of_stay'],
  params: {},
  split: { kind: 'folds', folds: 3 },
  seed: 1,
  engine: 'cpu',
  study: 'readmission',
  name: null,
};

/** A table whose name, columns and persons are harder on the layout than most. */
const wide = (rows: number) =>
  `a_column_with_a_name_that_nobody_can_read_at_once,weight_kg,outcome\n${Array.from(
    { length: rows },
    (_, i) => `${i % 7},${(50 + ((i * 37) % 60)).toFixed(1)},${['home', 'ward', 'died'][i % 3]}`,
  ).join('\n')}\n`;

describe.runIf(canOpenWindow('axe and the layout on every screen'))('every screen', () => {
  let app: DrivenApp;
  let axe: () => Promise<string[]>;
  const ids: string[] = [];
  /** What each screen is called, its address, what shows that it is there, and what is opened on it. */
  let screens: [name: string, address: string, sign: string, open?: () => Promise<unknown>][];

  beforeAll(async () => {
    app = await openApp();
    axe = openAxe(app);
    await app.call('datasets.synthetic', {});
    const table = join(app.vault, '..', 'table.csv');
    writeFileSync(table, wide(120));
    app.willChoose(table);
    const picked = await app.call('datasets.pick', {});
    await app.call('datasets.import', { handle: picked!.handle, name: 'ward-round', subject: { kind: 'none' } });
    const specs: Spec[] = [
      spec,
      { ...spec, name: 'a name that is longer than the column which it has to stand in', params: { l2: 100 } },
      {
        ...spec,
        recipe: 'mlp',
        params: { epochs: 8, patience: 8 },
        split: { kind: 'shares', train: 0.6, validation: 0.2, test: 0.2 },
      },
      { ...spec, dataset: { name: 'ward-round', version: null }, target: 'outcome', drop: [], study: 'wards' },
    ];
    for (const one of specs) ids.push((await app.call('training.start', one)).id);
    const ended = async () => {
      for (const id of ids) expect((await app.call('runs.show', { id })).status).toBe('finished');
    };
    await vi.waitFor(ended, { timeout: 60_000, interval: 200 });
    const [folds, , network, classes] = ids;
    for (const run of [folds!, network!]) await app.call('models.register', { run, name: 'risk of coming back' });
    await app.call('models.stage', { name: 'risk of coming back', version: 1, stage: 'approved', reason: 'agreed' });
    await app.call('models.register', { run: classes!, name: 'a model of the ward round with a name that is long' });
    const { page } = app;
    const button = (name: string) => page.getByRole('button', { name }).first().click();
    screens = [
      ['Runs', '/', 'table.runs tbody tr'],
      ['Runs, columns', '/', 'table.runs tbody tr', () => button('Columns')],
      ['Runs, completion', '/', 'table.runs tbody tr', () => app.press('/', 'm')],
      ['palette', '/', 'table.runs tbody tr', () => app.press('Control+k')],
      ['a study', '/study/wards', 'table.runs tbody tr'],
      ['Curves', `/run/${network}/curves`, '.js-plotly-plot .main-svg'],
      ['Evaluation', `/run/${folds}/evaluation`, '.js-plotly-plot .main-svg'],
      ['Evaluation of classes', `/run/${classes}/evaluation`, '.run-content table'],
      ['Groups', `/run/${folds}/groups`, '.js-plotly-plot .main-svg'],
      ['Features', `/run/${folds}/features`, '.js-plotly-plot .main-svg'],
      ['Errors', `/run/${folds}/errors`, 'table.errors tbody tr'],
      [
        'Errors, a record',
        `/run/${classes}/errors`,
        'table.errors tbody tr',
        () => page.locator('.errors-open').first().click(),
      ],
      ['Hardware of a run', `/run/${network}/hardware`, '.run-content'],
      ['Data', `/run/${folds}/data`, '.run-content'],
      ['Code and environment', `/run/${folds}/code`, '.run-content'],
      ['Log', `/run/${folds}/log`, '.run-content'],
      ['Artifacts', `/run/${folds}/artifacts`, '.artifacts .artifact-head'],
      ['Compare', `/compare/${ids.slice(0, 3).join(',')}`, '.js-plotly-plot .main-svg'],
      ['Compare, adding', `/compare/${ids[0]}`, '.compared', () => button('Add run')],
      ['Datasets', '/datasets', 'table[aria-label="Datasets"]'],
      ['a dataset', '/datasets/synthetic-cohort', 'table[aria-label="Columns"]'],
      ['a dataset without subjects', '/datasets/ward-round', 'table[aria-label="Columns"]'],
      ['import', '/datasets', 'table[aria-label="Datasets"]', () => datasetsPage(app).choose(table)],
      ['Train', '/train/synthetic-cohort/1', 'table[aria-label="Features"]'],
      [
        'Train, target',
        '/train/ward-round/1',
        'table[aria-label="Features"]',
        () => page.getByRole('combobox', { name: 'Target' }).click(),
      ],
      ['Models', '/models', 'table[aria-label="Models"]'],
      ['a model', '/models/risk%20of%20coming%20back/1', 'table[aria-label="auc by sex"]'],
      ['a model, move', '/models/risk%20of%20coming%20back/2', '.lineage', () => app.press('m')],
      ['a model, card', '/models/risk%20of%20coming%20back/1', 'table[aria-label="auc by sex"]', () => button('Write')],
      ['a run, register', `/run/${folds}/log`, '.run-content', () => button('Register model')],
      ['Hardware', '/hardware', '.hardware h1, .hardware h2'],
      ['Export', `/export/${ids.slice(0, 3).join(',')}`, '.export-side'],
      ['Activity', '/activity', 'table[aria-label="Audit log"]'],
      ['Settings', '/settings', '.settings section'],
      ['nowhere', '/nowhere', '.empty'],
    ];
  }, 120_000);
  afterAll(async () => {
    expect(await app.close()).toBe(0);
  });

  test.each([
    { theme: 'light', size: 'normal', width: 1280, height: 800 },
    { theme: 'dark', size: 'large', width: 1440, height: 900 },
  ] as const)(
    'axe finds nothing, and everything fits (%o)',
    {
      timeout: 120_000,
    },
    async ({ theme, size, ...view }) => {
      await app.page.setViewportSize(view);
      await app.call('settings.set', { theme, size });
      const found: Record<string, string[]> = {};
      for (const [name, address, sign, open] of screens) {
        await app.go(address);
        await app.page.locator(sign).first().waitFor();
        await app.settled();
        await open?.();
        const problems = [...(await axe()), ...(await misfits(app.page))];
        if (problems.length > 0) found[name] = problems;
        await app.press('Escape', 'Escape');
        await app.page.locator('[role=dialog]:visible, [role=listbox]:visible').first().waitFor({ state: 'detached' });
      }
      expect(found).toEqual({});
    },
  );

  test('no screen reports an error', () => {
    expect(app.problems).toEqual([]);
  });
});
