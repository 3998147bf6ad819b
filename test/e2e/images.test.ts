import { mkdtempSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openAxe } from './axe.ts';
import { canOpenWindow } from './browser.ts';
import { type DrivenApp, openApp } from './driven-app.ts';
import { makeImageFolder } from './image-folder.ts';
import { misfits } from './layout.ts';
import { datasetsPage } from './pages/datasets-page.ts';
import { textOf } from './text-of.ts';

const COUNT = 60;

describe.runIf(canOpenWindow('a folder of images in the window'))('a folder of images in the window', () => {
  let app: DrivenApp;
  let axe: () => Promise<string[]>;
  let folder: string;

  beforeAll(async () => {
    app = await openApp();
    axe = openAxe(app);
    await app.page.setViewportSize({ width: 1280, height: 800 });
    folder = makeImageFolder(join(app.vault, '..'), COUNT);
  }, 60_000);
  afterAll(async () => {
    expect(await app.close()).toBe(0);
  });

  test('the dialog says what the folder holds before anything is imported, without its path', async () => {
    const datasets = datasetsPage(app);
    await datasets.open();
    await datasets.chooseFolder(folder);
    const dialog = await textOf(app.page.getByRole('dialog'));
    expect(dialog).toContain('Import chest-films');
    expect(dialog).toMatch(/62 images, .*62 PNG.*labels\.csv/);
    expect(dialog).toMatch(/finding.*clear 41, nodule 21/);
    expect(dialog).not.toContain(folder);
    expect(await app.call('datasets.list', {})).toEqual([]);
    expect([...(await axe()), ...(await misfits(app.page))]).toEqual([]);
  });

  test('the imported version counts its images and its persons, and names the file that was left out', async () => {
    const { page } = app;
    const datasets = datasetsPage(app);
    await page.getByRole('dialog').getByRole('button', { name: 'Import', exact: true }).click();
    await page.getByRole('heading', { name: 'chest-films', level: 1 }).waitFor();
    expect(await datasets.facts()).toMatch(/61 images[\s\S]*61 subjects/);
    expect(await datasets.leftOut()).toEqual([['bad.png', 'is a text file, not an image']]);
  });

  test('the grid draws each image with its class, keeps out of sight what is far away, and filters by class and part', async () => {
    const datasets = datasetsPage(app);
    await expect.poll(() => datasets.tiles().count()).toBeGreaterThan(12);
    expect(await datasets.tiles().count()).toBeLessThan(COUNT);
    expect(await datasets.tiles().first().getAttribute('aria-label')).toBe('Image 1, nodule');
    const brightness = await datasets.brightnessOf(0);
    expect(brightness).toBeGreaterThan(100);
    expect(brightness).toBeLessThan(156);
    expect([...(await axe()), ...(await misfits(app.page))]).toEqual([]);
    await datasets.filter('Class, finding', 'nodule');
    await expect.poll(() => datasets.shown()).toContain('21 images');
    await datasets.filter('Part, split', 'test');
    await expect.poll(() => datasets.shown()).toContain('5 images');
    await datasets.filter('Part, split', 'Every part');
  });

  test('Enter opens the current image larger; arrows move on; nothing beside it names the patient', async () => {
    const { page } = app;
    const datasets = datasetsPage(app);
    await page.getByRole('grid', { name: 'Images' }).focus();
    await app.press('ArrowRight', 'Enter');
    const dialog = page.getByRole('dialog');
    // Every third film is of this class.
    await dialog.getByRole('heading', { name: 'Image 4', exact: true }).waitFor();
    await app.press('ArrowRight', 'ArrowRight', 'ArrowLeft');
    await dialog.getByRole('heading', { name: 'Image 7', exact: true }).waitFor();
    await dialog.getByText('3 of 21').waitFor();
    await expect.poll(() => textOf(dialog)).toMatch(/findingnodule.*40 × 30/);
    expect(await textOf(dialog)).not.toMatch(/P6|film-006/);
    expect([...(await axe()), ...(await misfits(page))]).toEqual([]);
    await app.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await datasets.filter('Class, finding', 'Every class');
  });

  test('two images that look the same are listed as a pair of two persons', async () => {
    const rows = await datasetsPage(app).pairs();
    expect(rows).toEqual([['film-000.png', 'twin.png', '1.000', 'another']]);
  });

  test('axe finds nothing and everything fits, in both themes', async () => {
    for (const theme of ['light', 'dark'] as const) {
      await app.call('settings.set', { theme });
      expect([...(await axe()), ...(await misfits(app.page))]).toEqual([]);
    }
  });

  test('labels may lie elsewhere: both are chosen, and the page learns the path of neither', async () => {
    const datasets = datasetsPage(app);
    const elsewhere = mkdtempSync(join(app.vault, '..', 'elsewhere-'));
    const films = makeImageFolder(elsewhere, 24);
    const labels = join(elsewhere, 'read-by-two.csv');
    renameSync(join(films, 'labels.csv'), labels);
    await datasets.open();
    await datasets.chooseFolderAndLabels(films, labels);
    const dialog = app.page.getByRole('dialog');
    expect(await textOf(dialog)).toContain('Labels come from read-by-two.csv.');
    expect(await textOf(dialog)).not.toContain(elsewhere);
    expect([...(await axe()), ...(await misfits(app.page))]).toEqual([]);
    await dialog.getByRole('textbox', { name: 'Name' }).fill('films-elsewhere');
    await dialog.getByRole('button', { name: 'Import', exact: true }).click();
    await app.page.getByRole('heading', { name: 'films-elsewhere', level: 1 }).waitFor();
    expect(await datasets.facts()).toMatch(/25 images[\s\S]*25 subjects/);
    expect(await datasets.leftOut()).toEqual([['bad.png', 'is a text file, not an image']]);
  });

  test('nothing in the window went wrong', () => {
    expect(app.problems).toEqual([]);
  });
});
