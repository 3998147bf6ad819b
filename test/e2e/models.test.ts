import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { CallGiven } from '../../shared/contract/index.ts';
import { openAxe } from './axe.ts';
import { canOpenWindow } from './browser.ts';
import { type DrivenApp, openApp } from './driven-app.ts';

const spec: CallGiven<'training.start'> = {
  recipe: 'logistic',
  dataset: { name: 'synthetic-cohort', version: null },
  target: 'readmitted_1y',
  features: null,
  drop: ['length_of_stay'],
  params: {},
  split: { kind: 'shares', train: 0.6, validation: 0.2, test: 0.2 },
  seed: 1,
  engine: 'cpu',
  study: 'readmission',
  name: 'first',
};

describe.runIf(canOpenWindow('the registry in the window'))('Models', () => {
  let app: DrivenApp;
  const ids: string[] = [];

  beforeAll(async () => {
    app = await openApp();
    await app.call('datasets.synthetic', {});
    for (const own of [{}, { name: 'second', params: { l2: 10 } }]) {
      ids.push((await app.call('training.start', { ...spec, ...own })).id);
    }
    const ended = async () => {
      for (const id of ids) expect((await app.call('runs.show', { id })).status).toBe('finished');
    };
    await vi.waitFor(ended, { timeout: 60_000, interval: 200 });
  }, 120_000);
  afterAll(async () => {
    expect(await app.close()).toBe(0);
  });

  const moveTo = async (stage: string, verb: string, reason: string) => {
    const { page } = app;
    await app.press('m');
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: stage, exact: true }).click();
    await dialog.getByRole('textbox', { name: 'Reason' }).fill(reason);
    await dialog.getByRole('button', { name: verb, exact: true }).click();
    await dialog.waitFor({ state: 'detached' });
  };
  const versionRow = (version: number) =>
    app.page.getByRole('table', { name: 'Versions' }).getByRole('row', { name: new RegExp(`^v${version} `) });

  test('a run is registered from its screen, and says so there and in the table', async () => {
    const { page } = app;
    for (const id of ids) {
      await app.go(`/run/${id}`);
      await page.getByRole('button', { name: 'Register model' }).click();
      await page.getByRole('dialog').getByRole('combobox', { name: 'Model' }).fill('readmission risk');
      await page.getByRole('dialog').getByRole('button', { name: 'Register' }).click();
      await page.getByRole('heading', { level: 1, name: 'readmission risk' }).waitFor();
    }
    await versionRow(2).getByText('draft').waitFor();
    await app.go(`/run/${ids[0]}`);
    await page.locator('.run-head').getByRole('link', { name: 'readmission risk v1' }).waitFor();
    await app.go('/');
    await page.getByRole('img', { name: 'Registered: readmission risk v1, draft' }).waitFor();
  });

  test('approving with the keyboard asks for a reason, retires the version before, and can be taken back', async () => {
    const { page } = app;
    await app.go('/models/readmission%20risk/1');
    await versionRow(1).waitFor();
    await moveTo('approved', 'Approve', 'agreed');
    await versionRow(1).getByText('approved').waitFor();
    await app.press('k');
    await page.getByRole('complementary', { name: 'Version 2' }).waitFor();
    await moveTo('approved', 'Approve', 'better calibrated');
    await versionRow(2).getByText('approved').waitFor();
    await versionRow(1).getByText('retired').waitFor();
    await page.getByText('v2 is approved now; v1 is retired.').waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await versionRow(1).getByText('approved').waitFor();
    await versionRow(2).getByText('draft').waitFor();
    const { entries } = await app.call('audit.list', { limit: 4, before: null });
    expect(entries.map(({ detail }) => [detail.version, detail.to, detail.reason])).toEqual([
      [1, 'approved', 'Taken back.'],
      [2, 'draft', 'Taken back.'],
      [2, 'approved', 'better calibrated'],
      [1, 'retired', 'Replaced by v2.'],
    ]);
  });

  test('lineage leads from the dataset to the version, and the card has results by group and what a person wrote', async () => {
    const { page } = app;
    await app.go('/models/readmission%20risk/1');
    const lineage = page.getByRole('region', { name: 'Lineage' });
    await lineage.getByRole('link', { name: 'synthetic-cohort v1' }).waitFor();
    await lineage.getByRole('link', { name: 'first' }).waitFor();
    const card = page.getByRole('region', { name: 'Model card' });
    await card.getByRole('table', { name: 'Test part' }).waitFor();
    await card.getByRole('table', { name: 'auc by site' }).waitFor({ timeout: 60_000 });
    await card.getByRole('button', { name: 'Write' }).click();
    await page.getByRole('dialog').getByRole('textbox', { name: 'Purpose' }).fill('To plan visits after discharge.');
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
    await card.getByText('To plan visits after discharge.').waitFor();
  }, 90_000);

  test('a card is saved as an audited copy where a person says', async () => {
    const { page } = app;
    const folder = join(app.vault, '..', 'cards');
    mkdirSync(folder);
    app.willChoose(folder);
    await page.getByRole('button', { name: 'Save as Markdown…' }).click();
    await page.getByText(/^Saved as/).waitFor({ timeout: 30_000 });
    expect(readdirSync(folder)).toEqual(['readmission-risk-v1.INTERNAL.md']);
    expect(readFileSync(join(folder, 'readmission-risk-v1.INTERNAL.md'), 'utf8')).toContain(
      'To plan visits after discharge',
    );
    expect((await app.call('audit.list', { limit: 1, before: null })).entries[0]!.action).toBe('copy.model-card');
  }, 60_000);

  test('an approved version is not deleted, another is, and comes back', async () => {
    const { page } = app;
    await page.getByRole('button', { name: 'Delete v1' }).click();
    await page.getByRole('alert').getByText('is approved').waitFor();
    await app.go('/models/readmission%20risk/2');
    await page.getByRole('button', { name: 'Delete v2' }).click();
    await versionRow(2).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Undo' }).click();
    await versionRow(2).waitFor();
  });

  test('aliases point to one version, tags hold a value, and each change can be taken back', async () => {
    const { page } = app;
    const aside = (version: number) => page.getByRole('complementary', { name: `Version ${version}` });
    const add = async (version: number, one: string, text: string) => {
      await aside(version)
        .getByRole('textbox', { name: `New ${one}` })
        .fill(text);
      await app.press('Enter');
    };
    const shown = async () => (await app.call('models.show', { name: 'readmission risk' })).versions;
    const aliasesOf = async (version: number) =>
      (await shown()).find((one) => one.version === version)!.aliases.filter((alias) => alias !== 'approved');
    await app.go('/models/readmission%20risk/1');
    await add(1, 'alias', 'champion');
    await aside(1).getByRole('region', { name: 'Aliases' }).getByText('champion').waitFor();
    await app.go('/models/readmission%20risk/2');
    await add(2, 'alias', 'champion');
    await page.getByText('champion moved from v1 to v2.').waitFor();
    expect([await aliasesOf(1), await aliasesOf(2)]).toEqual([[], ['champion']]);
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(() => aliasesOf(1)).toEqual(['champion']);
    await add(2, 'alias', 'v3');
    await page.getByRole('alert').getByText('is reserved').waitFor();
    await add(2, 'alias', 'approved');
    await aside(2).getByText('approved is a stage: move the version instead.').waitFor();

    await add(2, 'tag', 'site');
    await aside(2).getByText('Write a tag as KEY=VALUE.').waitFor();
    await add(2, 'tag', 'site=A=B');
    await aside(2).getByText('site: A=B').waitFor();
    await aside(2).getByRole('button', { name: 'Take tag site away' }).click();
    await aside(2).getByText('site: A=B').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Undo' }).click();
    await aside(2).getByText('site: A=B').waitFor();
    expect(await openAxe(app)()).toEqual([]);
  });

  test('a model is renamed from its screen, and back; a name that is taken is refused in place', async () => {
    const { page } = app;
    await app.call('models.register', { run: ids[0]!, name: 'other' });
    await page.getByRole('button', { name: 'Rename' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'Name' }).fill('other');
    await dialog.getByRole('button', { name: 'Rename' }).click();
    await dialog.getByRole('alert').waitFor();
    await dialog.getByRole('textbox', { name: 'Name' }).fill('readmission 1y');
    await dialog.getByRole('button', { name: 'Rename' }).click();
    await page.getByRole('heading', { level: 1, name: 'readmission 1y' }).waitFor();
    await versionRow(2).waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('heading', { level: 1, name: 'readmission risk' }).waitFor();
  });

  test('nothing reported an error', () => {
    expect(app.problems).toEqual([]);
  });
});
