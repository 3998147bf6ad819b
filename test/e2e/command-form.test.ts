import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openAxe } from './axe.ts';
import { canOpenWindow } from './browser.ts';
import { type DrivenApp, openApp } from './driven-app.ts';
import { misfits } from './layout.ts';
import { textOf } from './text-of.ts';

const project = `entries:
  train:
    command: [node, print.mjs, --epochs, '{epochs}', --rate, '{rate}', --balanced, '{balanced}', --kind, '{kind}', '--note={note}']
    help: Trains the network
    study: Drawn forms
    params:
      epochs: { type: integer, default: 3, min: 1, max: 10, help: Passes over the data }
      rate: { type: number, default: 0.01, min: 0 }
      balanced: { type: boolean, default: true }
      kind: { type: choice, choices: [small, large], default: small }
      note: { type: string, default: "" }
  score:
    command: [node, print.mjs, '{fold}']
    params:
      fold: { type: integer }
`;

describe.runIf(canOpenWindow('the form of a project'))('Own command, a project with several entries', () => {
  let app: DrivenApp;
  const folder = mkdtempSync(join(tmpdir(), 'wardbook-e2e-project-'));
  const exact = () => textOf(app.page.locator('.command-exact'));
  const run = () => app.page.getByRole('button', { name: 'Run command' });

  beforeAll(async () => {
    writeFileSync(join(folder, 'wardbook.project.yaml'), project);
    writeFileSync(join(folder, 'print.mjs'), "console.log(process.argv.slice(2).join('|'));\n");
    app = await openApp();
    await app.page.setViewportSize({ width: 1280, height: 800 });
    await app.go('/train');
    await app.page.getByRole('button', { name: 'Own command' }).click();
    app.willChoose(folder);
    await app.page.getByRole('button', { name: 'Choose a folder' }).click();
    await app.page.getByLabel('epochs').waitFor();
  }, 60_000);
  afterAll(async () => {
    expect(await app.close()).toBe(0);
    rmSync(folder, { recursive: true, force: true });
  });

  test('each type has its field with default and range, and the exact command is shown before it runs', async () => {
    const { page } = app;
    expect(await exact()).toBe('node print.mjs --epochs 3 --rate 0.01 --balanced true --kind small --note=');
    await page.getByText('Passes over the data; from 1 to 10').waitFor();
    await page.getByText('At least 0').waitFor();
    await page.getByLabel('rate').fill('1e-3');
    await page.getByText('balanced', { exact: true }).click();
    await page.getByLabel('kind').click();
    await page.getByRole('option', { name: 'large' }).click();
    await page.getByLabel('note').fill("it's $HOME");
    expect(await exact()).toMatch(/^node print\.mjs --epochs 3 --rate 0\.001 --balanced false --kind large /);
    expect(await openAxe(app)()).toEqual([]);
    expect(await misfits(page)).toEqual([]);
  });

  test('what is wrong is said beside its field, and nothing runs until it is right', async () => {
    const { page } = app;
    for (const [field, wrong, words, right] of [
      ['epochs', '0', /at least 1/, '4'],
      ['epochs', '2.5', /whole number|integer/, '4'],
      ['rate', 'fast', /number/, '0.5'],
    ] as const) {
      await page.getByLabel(field).fill(wrong);
      await page.getByText(words).last().waitFor();
      expect(await page.getByLabel(field).getAttribute('aria-invalid')).toBe('true');
      expect(await run().isDisabled()).toBe(true);
      await page.getByLabel(field).fill(right);
      expect(await run().isDisabled()).toBe(false);
    }
  });

  test('another entry has its own form; a param without a default must be given', async () => {
    const { page } = app;
    await page.getByLabel('Entry').click();
    await page.getByRole('option', { name: 'score' }).click();
    await page.getByRole('textbox', { name: 'fold' }).waitFor();
    expect(await page.getByLabel('epochs').count()).toBe(0);
    expect(await run().isDisabled()).toBe(true);
    await page.getByRole('textbox', { name: 'fold' }).fill('2');
    expect(await exact()).toBe('node print.mjs 2');
    await page.getByLabel('Entry').click();
    await page.getByRole('option', { name: 'train' }).click();
  });

  test('what ran is what was shown', { timeout: 60_000 }, async () => {
    const { page } = app;
    await page.getByLabel('note').fill("it's $HOME");
    await run().click();
    await page
      .getByText("--epochs|3|--rate|0.01|--balanced|true|--kind|small|--note=it's $HOME")
      .waitFor({ timeout: 30_000 });
    const listing = { study: 'Drawn forms', filter: '', sort: null, limit: 10, cursor: null, bin: false };
    await expect
      .poll(async () => (await app.call('runs.list', listing)).runs[0]?.status, { timeout: 30_000 })
      .toBe('finished');
    expect((await app.call('runs.list', listing)).runs[0]!.params).toMatchObject({
      epochs: 3,
      rate: 0.01,
      kind: 'small',
    });
    expect(app.problems).toEqual([]);
  });
});
