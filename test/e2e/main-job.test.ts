import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CallGiven, CallName, CallOutput } from '../../shared/contract/index.ts';
import type { Result } from '../../shared/errors.ts';
import { canOpenWindow } from './browser.ts';
import { launchApp } from './launch-app.ts';
import type { RunningApp } from './running-app.ts';

describe.runIf(canOpenWindow('the main job in the window'))('the main job in the window', () => {
  let app: RunningApp;
  const problems: string[] = [];
  const id = () => /\/run\/([0-9a-f]{32})/.exec(app.page.url())?.[1] ?? '';

  async function call<K extends CallName>(name: K, input: CallGiven<K>): Promise<Result<CallOutput<K>>> {
    const bridge = ([called, given]: [string, unknown]) =>
      (window as unknown as { api: { call(n: string, i: unknown): Promise<unknown> } }).api.call(called, given);
    return (await app.page.evaluate(bridge, [name, input] as [string, unknown])) as Result<CallOutput<K>>;
  }

  beforeAll(async () => {
    app = await launchApp();
    app.page.on('console', (message) => {
      if (message.type() === 'error') problems.push(message.text());
    });
    app.page.on('pageerror', (error) => problems.push(error.message));
  });
  afterAll(async () => {
    expect(await app.close()).toBe(0);
  });

  test('first start: one click imports the synthetic cohort and leads to training', async () => {
    await app.page.getByRole('button', { name: 'Try it' }).click();
    await app.page.getByRole('button', { name: /Start training/ }).waitFor();
    const datasets = await call('datasets.list', {});
    expect(datasets.ok && datasets.value.map(({ name }) => name)).toEqual(['synthetic-cohort']);
  });

  test('a training started in the window leads to a run with its ROC drawn, under the content security policy', async () => {
    await app.page.getByRole('button', { name: /Start training/ }).click();
    await app.page.waitForURL(/#\/run\//);
    await app.page.getByText('Done', { exact: true }).waitFor();
    await app.page.getByRole('tab', { name: 'Evaluation' }).click();
    const plot = app.page.locator('.js-plotly-plot .main-svg').first();
    await plot.waitFor();
    await plot.hover();
    expect(
      await app.page
        .getByText(/AUC 0\.\d\d/)
        .first()
        .isVisible(),
    ).toBe(true);
    expect(problems).toEqual([]);
  });

  test('the machine and the run’s own processes were recorded while it trained', async () => {
    const run = await call('runs.show', { id: id() });
    expect(run.ok && run.value.seriesKeys).toEqual(
      expect.arrayContaining(['system/cpu', 'system/memory', 'system/machine-memory']),
    );
  });

  test('a report is drafted, accepted into a chosen folder and verified; a cancelled dialog writes nothing', async () => {
    const folder = join(app.vault, '..', 'reports');
    mkdirSync(folder);
    const draft = await call('exports.draft', { ids: [id()] });
    if (!draft.ok) throw new Error(draft.error.message);
    app.willChoose(null);
    expect(await call('exports.accept', { digest: draft.value.digest })).toEqual({ ok: true, value: null });
    expect(readdirSync(folder)).toEqual([]);
    app.willChoose(folder);
    const accepted = await call('exports.accept', { digest: draft.value.digest });
    if (!accepted.ok || accepted.value === null) throw new Error('the draft was not accepted');
    app.willChoose(accepted.value.files[0] ?? '');
    expect(await call('exports.verify', {})).toMatchObject({ ok: true, value: { valid: true } });
  });

  test('a table is chosen by a handle, imported with progress, and a handle nobody gave opens nothing', async () => {
    const path = join(app.vault, '..', 'small.csv');
    writeFileSync(
      path,
      `patient,age,died\n${Array.from({ length: 40 }, (_, i) => `p${i},${40 + i},${i % 2}`).join('\n')}\n`,
    );
    app.willChoose(path);
    const picked = await call('datasets.pick', {});
    if (!picked.ok || picked.value === null) throw new Error('nothing was picked');
    expect(picked.value).toMatchObject({ fileName: 'small.csv', suggestedSubject: 'patient' });
    expect(JSON.stringify(picked.value)).not.toContain(app.vault);
    const subject = { kind: 'column', column: 'patient', exact: false } as const;
    const imported = await call('datasets.import', { handle: picked.value.handle, name: 'small', subject });
    expect(imported).toMatchObject({ ok: true, value: { name: 'small', version: 1, rows: 40, subjects: 40 } });
    const forged = await call('datasets.import', { handle: 'f'.repeat(32), name: 'forged', subject });
    expect(forged).toMatchObject({ ok: false, error: { code: 'INPUT_INVALID' } });
  });

  test('a run that trains when the window closes is recorded as stopped', { timeout: 60_000 }, async () => {
    const started = await call('training.start', {
      recipe: 'mlp',
      dataset: { name: 'synthetic-cohort', version: null },
      target: 'readmitted_1y',
      features: null,
      drop: ['length_of_stay'],
      params: {},
      split: { kind: 'folds', folds: 10 },
      seed: 1,
      engine: 'cpu',
      study: 'Default',
      name: null,
    });
    if (!started.ok) throw new Error(started.error.message);
    const { openVaultForReading } = await import('../../main/store/open-vault.ts');
    const vault = openVaultForReading(app.vault);
    await app.page.close();
    await new Promise((resolve) => app.process.once('exit', resolve));
    const row = vault.db.prepare('SELECT status, reason FROM run WHERE uid = ?').get(started.value.id);
    vault.close();
    expect(row).toMatchObject({ status: 'stopped' });
  });
});
