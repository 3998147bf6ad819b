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
    expect(dialog).toMatch(/61 images, .*61 PNG.*labels\.csv/);
    expect(dialog).toMatch(/finding.*clear 41, nodule 20/);
    expect(dialog).not.toContain(folder);
    expect(await app.call('datasets.list', {})).toEqual([]);
    expect([...(await axe()), ...(await misfits(app.page))]).toEqual([]);
  });

  test('the imported version counts its images and its persons, and names the file that was left out', async () => {
    const { page } = app;
    const datasets = datasetsPage(app);
    await page.getByRole('dialog').getByRole('button', { name: 'Import', exact: true }).click();
    await page.getByRole('heading', { name: 'chest-films', level: 1 }).waitFor();
    expect(await datasets.facts()).toMatch(/60 images[\s\S]*60 subjects/);
    expect(await datasets.leftOut()).toEqual([['bad.png', 'is a text file, not an image']]);
  });

  test('nothing in the window went wrong', () => {
    expect(app.problems).toEqual([]);
  });
});
