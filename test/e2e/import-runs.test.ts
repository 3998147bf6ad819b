import { appendFileSync, cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from 'playwright';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { unpack } from '../importers/mlflow-source.ts';
import { record, scalarEvent, versionEvent, writeEventFile } from '../importers/write-events.ts';
import { temporaryFolder } from '../store/vault-fixture.ts';
import { openAxe } from './axe.ts';
import { canOpenWindow } from './browser.ts';
import { type DrivenApp, openApp } from './driven-app.ts';
import { misfits } from './layout.ts';
import { textOf } from './text-of.ts';

const fixtures = join(import.meta.dirname, '../importers/fixtures');

describe.runIf(canOpenWindow('the import of runs'))('Import of runs', () => {
  let app: DrivenApp;
  let dialog: Locator;
  const folder = temporaryFolder();

  beforeAll(async () => {
    app = await openApp();
    await app.page.setViewportSize({ width: 1280, height: 800 });
    dialog = app.page.getByRole('dialog');
  }, 60_000);
  afterAll(async () => {
    expect(await app.close()).toBe(0);
    rmSync(folder, { recursive: true, force: true });
  });

  /** From the button of the Runs screen to what was found there. */
  async function choose(kind: 'A folder' | 'A file', path: string | null): Promise<void> {
    await app.page.getByRole('button', { name: 'Import runs' }).first().click();
    app.willChoose(path);
    await dialog.getByRole('button', { name: new RegExp(`^${kind}`) }).click();
  }
  const importThem = (words: RegExp) => dialog.getByRole('button', { name: words }).click();
  const close = async () => {
    await dialog.getByRole('button', { name: 'Close' }).click();
    await dialog.waitFor({ state: 'detached' });
  };
  const runsOf = async (study: string | null) =>
    (await app.call('runs.list', { study, filter: '', sort: null, limit: 100, cursor: null, bin: false })).runs;

  const sources: [format: string, kind: 'A folder' | 'A file', path: () => string, found: string, models: boolean][] = [
    ['mlruns', 'A folder', () => unpack('3.17.2', 'mlruns', join(folder, 'a')), 'MLflow folder (mlruns)', true],
    ['mlflow.db', 'A file', () => unpack('2.22.4', 'mlflow.db', join(folder, 'b')), 'MLflow database', true],
    ['TensorBoard', 'A folder', () => join(fixtures, 'tensorboard'), 'TensorBoard event files', false],
    ['CSV', 'A file', () => join(fixtures, 'csv/keras/training.csv'), 'Logs as CSV or JSON', false],
    ['W&B', 'A folder', () => join(fixtures, 'wandb'), 'W&B offline runs', false],
    ['ClearML', 'A file', () => join(fixtures, 'clearml.zip'), 'ClearML offline sessions', false],
  ];
  for (const [format, kind, path, found, models] of sources) {
    test(`${format} is recognised, its runs are shown before anything is taken over, then they are in; again, nothing is new`, async () => {
      mkdirSync(join(folder, 'a'), { recursive: true });
      mkdirSync(join(folder, 'b'), { recursive: true });
      const source = path();
      const before = (await runsOf(null)).length;
      await choose(kind, source);
      const preview = dialog.getByRole('region', { name: 'Found' });
      await preview.getByRole('heading', { name: found }).waitFor();
      const listed = (await preview.getByRole('row').count()) - 1;
      expect(listed).toBeGreaterThan(0);
      expect((await runsOf(null)).length).toBe(before);
      expect(await openAxe(app)()).toEqual([]);
      expect(await misfits(app.page)).toEqual([]);
      await importThem(new RegExp(`^Import ${listed} runs?$`));
      await dialog.getByText(new RegExp(`^${listed} runs? added, `)).waitFor();
      expect(await dialog.getByText(/model versions? registered/).count()).toBe(models ? 1 : 0);
      await close();
      await choose(kind, source);
      await importThem(/^Import \d+ runs?$/);
      await dialog.getByText(`Nothing new. ${listed} run${listed === 1 ? ' is' : 's are'} here already`).waitFor();
      await close();
    });
  }

  test('what is left out is listed with its place and reason', async () => {
    const source = join(folder, 'half');
    cpSync(join(fixtures, 'csv/keras'), source, { recursive: true });
    writeFileSync(join(source, 'patients.csv'), 'name,age\nA,71\n');
    await choose('A folder', source);
    const row = dialog.getByRole('region', { name: 'Left out' }).getByRole('row', { name: /patients\.csv/ });
    expect(await textOf(row)).toContain('step');
    await dialog.getByRole('button', { name: 'Choose something else' }).click();
    await app.press('Escape');
    await dialog.waitFor({ state: 'detached' });
  });

  test('a folder without runs says so; a dialog that is cancelled leads back', async () => {
    const empty = join(folder, 'empty');
    mkdirSync(empty);
    await choose('A folder', null);
    await dialog.getByRole('button', { name: /^A folder/ }).waitFor();
    app.willChoose(empty);
    await dialog.getByRole('button', { name: /^A folder/ }).click();
    await dialog.getByText('No runs that can be imported lie here.').waitFor();
    expect(await dialog.getByRole('button', { name: /^Import/ }).count()).toBe(0);
    await app.press('Escape');
    await dialog.waitFor({ state: 'detached' });
  });

  test('a long import shows how far it is; cancelled, it keeps whole runs, and the next one takes the rest', {
    timeout: 120_000,
  }, async () => {
    const source = join(folder, 'long');
    const one = join(folder, 'events');
    writeEventFile(one, 150_000, 3);
    for (let run = 0; run < 40; run++) {
      mkdirSync(join(source, `r${run}`), { recursive: true });
      // A run is known by the name of its first file.
      cpSync(one, join(source, `r${run}`, `events.out.tfevents.${1_700_000_000 + run}.host`));
    }
    await choose('A folder', source);
    await importThem(/^Import 40 runs$/);
    await dialog.getByText(/^\d+\s%, [1-9]\d? of 40 runs, [\d,]+ points$/).waitFor();
    await dialog.getByText(/MB\/s, 0:\d\d left/).waitFor();
    await dialog.getByRole('button', { name: 'Cancel import' }).click();
    await dialog.getByText('Import cancelled').waitFor();
    const whole = await runsOf('long');
    expect(whole.length).toBeGreaterThan(0);
    expect(whole.length).toBeLessThan(40);
    await dialog.getByText(new RegExp(`^${whole.length} of 40 runs of long are in`)).waitFor();
    for (const run of whole) expect(Object.keys(run.metrics)).toHaveLength(3);
    await close();
    await choose('A folder', source);
    await importThem(/^Import 40 runs$/);
    await dialog.getByText(`${40 - whole.length} runs added, ${whole.length} unchanged`).waitFor({ timeout: 60_000 });
    await close();
  });

  test('a folder that a job writes is watched while the screens are used, until it is stopped', async () => {
    const source = join(folder, 'job');
    const file = join(source, 'events.out.tfevents.1800000000.host');
    mkdirSync(source);
    await choose('A folder', source);
    await dialog.getByRole('button', { name: 'Watch for TensorBoard runs' }).click();
    const line = app.page.getByRole('list', { name: 'Watched folders' }).getByRole('listitem');
    await line.getByText('the first one is waited for').waitFor();
    writeFileSync(file, Buffer.concat([record(versionEvent), record(scalarEvent(1.7e9, 0, 'loss', 1))]));
    await line.getByText('1 run, 1 point taken over so far').waitFor();
    await app.go('/settings');
    appendFileSync(
      file,
      Buffer.concat([1, 2, 3].map((step) => record(scalarEvent(1.7e9 + step, step, 'loss', 1 / step)))),
    );
    await vi.waitFor(
      async () => expect((await runsOf(null)).find(({ name }) => name === 'job')?.metrics['loss']).toBeCloseTo(1 / 3),
      {
        timeout: 15_000,
        interval: 200,
      },
    );
    await app.go('/');
    await line.getByText('1 run, 4 points taken over so far').waitFor();
    await app.page
      .getByRole('row', { name: /^job|\bjob\b/ })
      .first()
      .waitFor();
    expect(await openAxe(app)()).toEqual([]);
    await line.getByRole('button', { name: 'Stop watching' }).click();
    await dialog.getByText(/^1 run added, 4 points added\. In /).waitFor();
    await dialog.getByRole('button', { name: 'Show study' }).click();
    await dialog.waitFor({ state: 'detached' });
    expect(app.page.url()).toContain('#/study/');
    expect(await line.count()).toBe(0);
  });

  test('nothing reported an error', () => {
    expect(app.problems).toEqual([]);
  });
});
