import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openAxe } from './axe.ts';
import { canOpenWindow } from './browser.ts';
import { type DrivenApp, openApp } from './driven-app.ts';
import { makeImageFolder } from './image-folder.ts';
import { misfits } from './layout.ts';
import { datasetsPage } from './pages/datasets-page.ts';
import { runPage } from './pages/run-page.ts';
import { runsPage } from './pages/runs-page.ts';
import { trainPage } from './pages/train-page.ts';
import { textOf } from './text-of.ts';

describe.runIf(canOpenWindow('training on images in the window'))('training on images in the window', () => {
  let app: DrivenApp;
  let axe: () => Promise<string[]>;
  let first: string;

  const looksWell = async () => expect([...(await axe()), ...(await misfits(app.page))]).toEqual([]);

  beforeAll(async () => {
    app = await openApp();
    axe = openAxe(app);
    await app.page.setViewportSize({ width: 1280, height: 800 });
    const datasets = datasetsPage(app);
    await datasets.open();
    await datasets.chooseFolder(makeImageFolder(join(app.vault, '..'), 60));
    await app.page.getByRole('dialog').getByRole('button', { name: 'Import', exact: true }).click();
    await app.page.getByRole('heading', { name: 'chest-films', level: 1 }).waitFor();
  }, 60_000);
  afterAll(async () => {
    expect(await app.close()).toBe(0);
  });

  test('the same image on two sides stops a run until a person allows it; both the form and the record say so', async () => {
    const train = trainPage(app);
    await train.open('chest-films');
    await train
      .problem()
      .getByText(/1 pair of images looks the same on two sides of the split/)
      .waitFor();
    expect(await textOf(train.problem())).not.toContain('--allow');
    expect(await train.canStart()).toBe(false);
    await looksWell();
    await train.allowNearDuplicates.check();
    await expect.poll(() => train.estimate()).toContain('This was allowed.');
    expect(await train.canStart()).toBe(true);
    await train.allowNearDuplicates.uncheck();
    await expect.poll(() => train.canStart()).toBe(false);
    await train.allowNearDuplicates.check();
    await train.chooseRecipe('cnn');
    await train.set('Epochs', '1');
    await train.set('Widths', '4, 8');
    first = await train.start();
    await runPage(app).becomes('Done');
    const { lines } = await app.call('runs.log', { id: first, search: 'two sides', from: 0, limit: 10 });
    expect(lines.map(({ text }) => text).join()).toContain('This was allowed.');
  });

  test('the worst images stand in a table with what was true and what was said; one opens larger, arrows go on', async () => {
    const { page } = app;
    await runPage(app).show('Errors');
    const table = page.getByRole('table', { name: 'Worst images' });
    const { rows } = await app.call('runs.worst', { id: first, limit: 200 });
    expect(await table.locator('tbody tr').count()).toBe(rows.length);
    const worst = await table.locator('tbody tr').first().locator('td').allTextContents();
    expect(worst.slice(0, 4)).toEqual([String(rows[0]!.row + 1), rows[0]!.subject, rows[0]!.truth, rows[0]!.predicted]);
    await table.locator('canvas').first().waitFor();
    await looksWell();
    await table.getByRole('button').first().focus();
    await app.press('ArrowDown', 'Enter');
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('heading', { name: `Image ${rows[1]!.row + 1}`, exact: true }).waitFor();
    await dialog.getByText(`2 of ${rows.length}`).waitFor();
    await expect.poll(() => textOf(dialog)).toContain(`Predicted${rows[1]!.predicted}`);
    await looksWell();
    await app.press('ArrowLeft');
    await dialog.getByRole('heading', { name: `Image ${rows[0]!.row + 1}`, exact: true }).waitFor();
    await app.press('Escape');
    await dialog.waitFor({ state: 'detached' });
  });

  test('fine-tune starts from a chosen run, says how much of it learns at each depth, and has that run as its parent', async () => {
    const train = trainPage(app);
    await train.open('chest-films');
    await train.allowNearDuplicates.check();
    await train.chooseRecipe('fine-tune');
    expect(await train.canStart()).toBe(false);
    await train.startFrom('cnn on chest-films');
    // Widths 4 and 8, grey, one output: the head has 8 weights and a bias.
    await train.choose('Depth', 'head');
    await expect
      .poll(() => train.whatLearns())
      .toMatch(/^Learns9 of [\d,]+ weights.*Frozenall but the headHeadits own/);
    const { start } = await app.call('training.estimate', {
      recipe: 'fine-tune',
      dataset: { name: 'chest-films', version: 1 },
      target: 'finding',
      features: null,
      drop: [],
      params: { depth: 'head' },
      split: { kind: 'column', column: 'split' },
      seed: 1,
      engine: null,
      study: 'Default',
      name: null,
      from: { kind: 'run', run: first },
      allowNearDuplicates: true,
    });
    expect(start).toMatchObject({ head: 'kept', trainable: 9, image: { channels: 1 } });
    await train.choose('Depth', 'all');
    await expect.poll(() => train.whatLearns()).toContain(`${start!.weights.toLocaleString('en')} of`);
    await looksWell();
    await train.choose('Depth', 'head');
    await train.set('Epochs', '1');
    const id = await train.start();
    await runPage(app).becomes('Done');
    const run = await app.call('runs.show', { id });
    expect(run).toMatchObject({
      parent: first,
      origin: { kind: 'fine-tune', name: 'cnn on chest-films' },
      metrics: { 'network/trainable': 9 },
    });
    await app.page
      .getByRole('region', { name: 'Comes from' })
      .getByRole('link', { name: 'cnn on chest-films' })
      .waitFor();
  });

  test('a model folder is a start as well: its layers are listed, what of each depth learns, and a wrong folder is refused by name', async () => {
    const train = trainPage(app);
    const keras = join(import.meta.dirname, '..', 'training', 'fixtures', 'keras');
    await train.open('chest-films');
    await train.allowNearDuplicates.check();
    await train.chooseRecipe('fine-tune');
    await train.startFromFolder(keras);
    await app.page
      .getByRole('region', { name: 'Recipe' })
      .getByRole('alert')
      .getByText(/no model\.json/)
      .waitFor();
    expect(await train.canStart()).toBe(false);
    await looksWell();
    await train.startFromFolder(join(keras, 'residual'));
    await train.choose('Depth', 'last-block');
    // By hand, in test/training/cnn/fine-tune-folder.test.ts.
    await expect.poll(() => train.whatLearns()).toMatch(/^Learns883 of 1,387 weights.*Headnew.*Images10 × 10, grey/);
    const layers = await train.layers();
    expect(layers[0]).toEqual(['stem_conv', '1', '36', 'frozen']);
    expect(layers.filter(([, , , state]) => state === 'learns').map(([, , weights]) => weights)).toEqual([
      '864',
      '12',
      '7',
    ]);
    expect(layers.reduce((sum, [, , weights]) => sum + Number(weights), 0)).toBe(1_387);
    await looksWell();
    await train.choose('Depth', 'head');
    await expect.poll(() => train.whatLearns()).toContain('Learns7 of 1,387');
    await train.set('Epochs', '1');
    const id = await train.start();
    await runPage(app).becomes('Done');
    const run = await app.call('runs.show', { id });
    expect(run).toMatchObject({ parent: null, metrics: { 'network/trainable': 7 } });
  });

  test('in the table of runs the derived run says so beside its status', async () => {
    const runs = runsPage(app);
    await runs.open();
    await runs.row('fine-tune on chest-films').getByText('fine-tuned', { exact: true }).waitFor();
    await looksWell();
  });

  test('nothing in the window went wrong', () => {
    expect(app.problems).toEqual([]);
  });
});
