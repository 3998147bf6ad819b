import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { jsonOf } from '../acceptance/wardbook.ts';
import { notRun } from '../not-run.ts';
import { canOpenWindow } from './browser.ts';
import { type DrivenApp, openApp } from './driven-app.ts';
import { runPage } from './pages/run-page.ts';
import { runsPage } from './pages/runs-page.ts';
import { alive, descendants, trainerOf } from './processes.ts';

const what = 'runs that are stopped or killed while the window is open';
const onLinux = process.platform === 'linux';
if (!onLinux) notRun(what, 'processes are looked up in /proc');

describe.runIf(onLinux && canOpenWindow(what))('how a run ends', () => {
  const folder = mkdtempSync(join(tmpdir(), 'wardbook-endings-'));
  const vault = join(folder, 'vault');
  let app: DrivenApp;

  /** Starts a training that goes on for minutes and opens its run once it has a first metric. */
  async function train(name: string): Promise<string> {
    const { id } = await app.call('training.start', {
      recipe: 'mlp',
      dataset: { name: 'synthetic-cohort', version: null },
      target: 'readmitted_1y',
      features: null,
      drop: ['length_of_stay'],
      params: { epochs: 1000, patience: 1000 },
      split: { kind: 'folds', folds: 10 },
      seed: 1,
      engine: 'cpu',
      study: 'Default',
      name,
    });
    const run = runPage(app);
    await run.open(id);
    await run.lines('Loss').first().waitFor();
    return id;
  }

  beforeAll(async () => {
    app = await openApp({ vault });
    await app.call('datasets.synthetic', {});
  });
  afterAll(async () => {
    expect(await app.close()).toBe(0);
    rmSync(folder, { recursive: true, force: true });
  });

  test('stopped by hand, it says so and keeps what it has written', async () => {
    const id = await train('stopped');
    const run = runPage(app);
    await run.stop();
    await run.becomes('Stopped');
    expect(await run.state()).toMatch(/by hand/);
    expect(await run.lines('Loss').count()).toBeGreaterThan(0);
    expect((await app.call('runs.show', { id })).seriesKeys).toContain('train/loss');
  });

  test('its trainer killed, it says within ten seconds that it crashed and why; the window goes on', async () => {
    await train('killed');
    process.kill(trainerOf(app.process.pid!), 'SIGKILL');
    const run = runPage(app);
    await run.becomes('Crashed', 10_000);
    expect(await run.state()).toMatch(/Crashed: .*(killed|SIGKILL)/i);
    const runs = runsPage(app);
    await runs.open();
    await expect.poll(() => runs.row('killed').textContent()).toMatch(/killed from outside/);
  });

  test('a run that the command line trains on the open vault appears in the table and finishes there', async () => {
    const runs = runsPage(app);
    await runs.open();
    const training = jsonOf<{ status: string }>(
      vault,
      ...['train', 'logistic', '--dataset', 'synthetic-cohort', '--target', 'readmitted_1y'],
      ...['--drop', 'length_of_stay', '--name', 'by command'],
    );
    await runs.row('by command').waitFor();
    expect(await training).toMatchObject({ status: 'finished' });
    await expect.poll(() => runs.row('by command').textContent()).toMatch(/done.*0\.\d+\[0\.\d+–0\.\d+\]/);
  });

  test('the app killed, everything it started ends; started again, it shows what happened to its run', async () => {
    const id = await train('cut off');
    const started = descendants(app.process.pid!);
    expect(started.length).toBeGreaterThan(1);
    await app.kill();
    await expect.poll(() => alive(started), { timeout: 10_000 }).toEqual([]);
    app = await openApp({ vault });
    const run = runPage(app);
    await run.open(id, 'curves');
    await run.becomes('Crashed', 10_000);
    expect(await run.state()).toMatch(/Crashed: .+/);
    await run.lines('Loss').first().waitFor();
  });

  test('nothing of this was an error of the window', () => {
    expect(app.problems).toEqual([]);
    expect(app.errors()).toBe('');
  });
});
