import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openAxe } from './axe.ts';
import { canOpenWindow } from './browser.ts';
import { type DrivenApp, openApp } from './driven-app.ts';
import { misfits } from './layout.ts';

describe.runIf(canOpenWindow('what a run holds by step'))('Distributions', () => {
  let app: DrivenApp;
  beforeAll(async () => {
    app = await openApp();
    await app.page.setViewportSize({ width: 1280, height: 800 });
    app.willChoose(join(import.meta.dirname, '../importers/fixtures/tensorboard'));
    const source = await app.call('imports.pick', { what: 'folder' });
    const { imported } = await app.call('imports.start', {
      handle: source!.handle,
      format: 'tensorboard',
      study: null,
    });
    await app.go(`/run/${imported.find(({ name }) => name === 'torch')!.id}/distributions`);
    await app.page.getByRole('tab', { name: 'Distributions', selected: true }).waitFor();
  }, 60_000);
  afterAll(async () => {
    expect(await app.close()).toBe(0);
  });

  test('a histogram has an axis with its values, and the slider goes from step to step by keyboard', async () => {
    const { page } = app;
    await page
      .getByRole('navigation', { name: 'What this run holds by step' })
      .getByRole('button', { name: 'weights' })
      .click();
    const chart = page.getByRole('img', { name: /^500 values from / });
    await chart.waitFor();
    expect(await chart.locator('rect.step-bar').count()).toBeGreaterThan(5);
    const boxes = await chart.locator('rect.step-bar').evaluateAll((bars) =>
      bars.map((bar) => {
        const { bottom, height } = bar.getBoundingClientRect();
        return { bottom: Math.round(bottom), height: Math.round(height) };
      }),
    );
    expect(new Set(boxes.map(({ height }) => height)).size, 'bars of different heights').toBeGreaterThan(3);
    expect(new Set(boxes.map(({ bottom }) => bottom)).size, 'on one line').toBe(1);
    const ticks = (await chart.locator('text.tick').allTextContents()).filter((text) => text !== 'value');
    expect(ticks.length).toBeGreaterThanOrEqual(3);
    const last = await chart.getAttribute('aria-label');
    const slider = page.getByRole('slider', { name: 'Step of weights' });
    await slider.focus();
    await app.press('Home');
    await page.getByText('Step 0', { exact: true }).waitFor();
    await expect.poll(() => chart.getAttribute('aria-label')).not.toBe(last);
    await app.press('End');
    await expect.poll(() => chart.getAttribute('aria-label')).toBe(last);
    expect(await openAxe(app)()).toEqual([]);
    expect(await misfits(page)).toEqual([]);
  });

  test('the curves beside it are drawn without markup that the policy refuses, however large their values', async () => {
    const { page } = app;
    const here = page.url();
    await page.getByRole('tab', { name: 'Curves' }).click();
    const chart = page.locator('figure[aria-label^="loss/train."]');
    await chart.getByText('3e+38').waitFor();
    await page.getByRole('checkbox', { name: 'log y' }).click();
    const ticks = () => chart.locator('.ytick text').allTextContents();
    await expect.poll(async () => (await ticks()).filter((text) => /^1e[+−]\d+$/.test(text)).length).toBeGreaterThan(1);
    await page.getByRole('table', { name: 'Metrics logged once' }).waitFor();
    expect(app.problems).toEqual([]);
    await app.go(new URL(here).hash.slice(1));
  });

  test('texts and precision-recall curves are there too', async () => {
    const { page } = app;
    const names = page.getByRole('navigation', { name: 'What this run holds by step' });
    await names.getByRole('button', { name: /^notes/ }).click();
    await page.getByText(/step \d+: \*kept\*/).waitFor();
    await names.getByRole('button', { name: /^pr/ }).click();
    await page.getByRole('img', { name: 'Precision over recall at 21 thresholds' }).waitFor();
    expect(await page.locator('.distribution-view polyline').getAttribute('points')).toMatch(/^\d/);
    expect(app.problems).toEqual([]);
  });
});
