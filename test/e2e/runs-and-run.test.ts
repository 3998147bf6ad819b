import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { canOpenWindow } from './browser.ts';
import { launchApp } from './launch-app.ts';
import type { RunningApp } from './running-app.ts';

type Bridge = { api: { call(name: string, input: unknown): Promise<{ ok: boolean; value: { id: string } }> } };

describe.runIf(canOpenWindow('the screens Runs and Run'))('Runs and Run', () => {
  let app: RunningApp;
  const problems: string[] = [];
  const trained: string[] = [];

  async function train(seed: number, l2: number): Promise<string> {
    const spec = {
      recipe: 'logistic',
      dataset: { name: 'synthetic-cohort', version: null },
      target: 'readmitted_1y',
      features: null,
      drop: ['length_of_stay'],
      params: { l2 },
      split: { kind: 'shares', train: 0.6, validation: 0.2, test: 0.2 },
      seed,
      engine: 'cpu',
      study: 'readmission',
      name: `penalty ${l2}`,
    };
    const started = await app.page.evaluate(
      (input) => (window as unknown as Bridge).api.call('training.start', input),
      spec,
    );
    return started.value.id;
  }

  const go = (address: string) =>
    app.page.evaluate((hash) => {
      window.location.hash = hash;
    }, address);
  const rows = () => app.page.locator('table.runs tbody tr[aria-rowindex]');
  const press = async (...keys: string[]) => {
    for (const key of keys) await app.page.keyboard.press(key);
  };

  beforeAll(async () => {
    app = await launchApp();
    app.page.on('console', (message) => {
      if (message.type() === 'error') problems.push(message.text());
    });
    app.page.on('pageerror', (error) => problems.push(error.message));
    await app.page.evaluate(() => (window as unknown as Bridge).api.call('datasets.synthetic', {}));
    for (const [seed, l2] of [
      [1, 1],
      [1, 10],
      [2, 1],
    ] as const)
      trained.push(await train(seed, l2));
    await app.page.locator('table.runs .status', { hasText: 'done' }).nth(2).waitFor();
  }, 120_000);
  afterAll(async () => {
    expect(await app.close()).toBe(0);
  });

  test('runs appear and finish in the table without being asked for, each with its interval', async () => {
    expect(await rows().count()).toBe(3);
    expect(await rows().first().textContent()).toMatch(/0\.\d+\[0\.\d+–0\.\d+\]/);
    expect(await app.page.getByText('3 runs', { exact: false }).first().isVisible()).toBe(true);
  });

  test('a filter narrows the table; a wrong part is named and the last valid result stays', async () => {
    await press('/');
    await app.page.keyboard.type('seed = 2');
    await app.page.getByText(/1 of 3 match/).waitFor();
    await app.page.keyboard.type(' and status = "done"');
    await app.page.getByText('status is one of queued, running, finished, failed, stopped, crashed.').waitFor();
    expect(await app.page.locator('.f-wrong').allTextContents()).toEqual(['"done"']);
    expect(await rows().count()).toBe(1);
    await app.page.getByRole('button', { name: 'Clear the filter' }).click();
    await app.page
      .getByText(/^3 runs/)
      .first()
      .waitFor();
  });

  test('Tab completes the field that is being written', async () => {
    await press('/');
    await app.page.keyboard.type('dataset.n');
    await app.page.getByRole('option', { name: /dataset\.name/ }).waitFor();
    await press('Tab');
    expect(await app.page.getByRole('combobox', { name: 'Filter runs' }).inputValue()).toBe('dataset.name');
    await press('Escape', 'Escape', 'Escape');
  });

  test('j, k and x select; the bin takes them and undo gives them back', async () => {
    await press('j', 'x', 'j', 'x');
    await app.page.getByText('2 selected').waitFor();
    expect(await app.page.locator('table.runs tr.sel .sw').count()).toBe(2);
    await app.page.getByRole('button', { name: 'Move to bin' }).click();
    await app.page.getByText('2 runs moved to the bin.').waitFor();
    await expect.poll(() => rows().count()).toBe(1);
    await app.page.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(() => rows().count()).toBe(3);
  });

  test('groups show the mean over their runs and open to them', async () => {
    await app.page.getByRole('combobox', { name: 'Group runs' }).click();
    await app.page.getByRole('option', { name: 'Seed' }).click();
    const group = app.page.getByRole('button', { name: 'seed 1' });
    await group.click();
    expect(await app.page.locator('tr.grp').first().textContent()).toMatch(/± 0\.\d+, n = 2/);
    await expect.poll(() => app.page.locator('tr.kid').count()).toBe(2);
    await app.page.getByRole('combobox', { name: 'Group runs' }).click();
    await app.page.getByRole('option', { name: 'No grouping' }).click();
    await expect.poll(() => rows().count()).toBe(3);
  });

  test('the keys of the screen still work after a list was opened and closed; Enter opens the run', async () => {
    await app.page.locator('[role=listbox]:visible').first().waitFor({ state: 'detached' });
    await app.page.getByRole('heading', { name: 'Runs', exact: true }).click();
    await press('k', 'k', 'k', 'Enter');
    await app.page.waitForURL(/#\/run\/[0-9a-f]{32}/);
    await go('/');
    await rows().first().waitFor();
  });

  test('a binned run waits in the bin, from where it is restored', async () => {
    await press('j', 'x');
    await app.page.getByRole('button', { name: 'Move to bin' }).click();
    await expect.poll(() => rows().count()).toBe(2);
    await app.page.locator('.runs-tab', { hasText: 'Bin' }).click();
    await expect.poll(() => rows().count()).toBe(1);
    await press('j', 'x');
    await app.page.getByRole('button', { name: 'Restore' }).click();
    await app.page.getByText('The bin is empty.').waitFor();
    await app.page.locator('.runs-tab', { hasText: 'Recent' }).click();
    await expect.poll(() => rows().count()).toBe(3);
  });

  test('Ctrl-K finds a place and a run by a part of its name; Escape closes it', async () => {
    await press('Control+k');
    const palette = app.page.getByRole('dialog', { name: 'Command palette' });
    await palette.waitFor();
    await press('Escape');
    await palette.waitFor({ state: 'detached' });
    await press('Control+k');
    await app.page.keyboard.type('penalty 10');
    await palette.getByRole('option', { name: /penalty 10/ }).waitFor();
    await press('Enter');
    await app.page.getByRole('heading', { name: 'penalty 10' }).waitFor();
    await press('Control+k');
    await app.page.keyboard.type('audit');
    await press('Enter');
    await app.page.getByRole('heading', { name: 'Activity', level: 1 }).waitFor();
  });

  test('c and e on a run lead to its comparison and its report', async () => {
    await go(`/run/${trained[0]}/data`);
    await app.page.getByRole('heading', { name: 'penalty 1', exact: true }).waitFor();
    await press('c');
    await app.page.getByRole('table', { name: 'Compared runs' }).waitFor();
    await press('e');
    await app.page.getByRole('complementary', { name: 'What leaves, and how' }).waitFor();
  });

  test('a moved threshold moves the matrix and the rates, and is called exploratory', async () => {
    await go(`/run/${trained[0]}/evaluation`);
    const slider = app.page.getByRole('slider', { name: 'Threshold' });
    await slider.waitFor();
    const matrix = app.page.locator('.confusion');
    const before = await matrix.textContent();
    expect(await app.page.getByText('exploratory').count()).toBe(0);
    await press('Shift+ArrowRight', 'ArrowRight');
    await app.page.getByText('exploratory').waitFor();
    await expect.poll(() => matrix.textContent()).not.toBe(before);
    await app.page.getByRole('button', { name: /chosen on validation/ }).click();
    await expect.poll(() => matrix.textContent()).toBe(before);
    expect(await app.page.getByText('exploratory').count()).toBe(0);
  });

  test('every chart has its numbers as a table behind t', async () => {
    await app.page.getByRole('figure', { name: /^ROC/ }).focus();
    await press('t');
    expect(await app.page.getByRole('table', { name: 'ROC' }).locator('th').allTextContents()).toEqual([
      'curve',
      'threshold',
      '1 − specificity',
      'sensitivity',
    ]);
    await press('t');
    expect(await app.page.getByRole('table', { name: 'ROC' }).count()).toBe(0);
  });

  test('[ and ] go to the runs before and after', async () => {
    await go(`/run/${trained[1]}/data`);
    await app.page.getByRole('heading', { name: 'penalty 10' }).waitFor();
    await press('[');
    await expect.poll(() => app.page.url()).toContain(`/run/${trained[2]}/data`);
    await app.page.getByRole('heading', { name: 'penalty 1', exact: true }).waitFor();
    await press(']');
    await expect.poll(() => app.page.url()).toContain(`/run/${trained[1]}/data`);
  });

  test('nothing of this was refused by the content security policy, and nothing failed', () => {
    expect(problems).toEqual([]);
  });
});
