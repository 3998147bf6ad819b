import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { notRun } from '../not-run.ts';
import { canOpenWindow } from './browser.ts';
import { type DrivenApp, openApp } from './driven-app.ts';
import { runPage } from './pages/run-page.ts';
import { runsPage } from './pages/runs-page.ts';
import { trainPage } from './pages/train-page.ts';
import { trainerOf } from './processes.ts';
import { textOf } from './text-of.ts';

const what = 'runs that go on after they were cut short, and runs that wait, in the window';
const onLinux = process.platform === 'linux';
if (!onLinux) notRun(what, 'processes are looked up in /proc');

/** The machine may be busy. */
const patient = { timeout: 20_000 };

describe.runIf(onLinux && canOpenWindow(what))('runs that go on, and runs that wait', () => {
  let app: DrivenApp;

  const train = async (name: string, epochs: number) => {
    const { id } = await app.call('training.start', {
      recipe: 'mlp',
      dataset: { name: 'synthetic-cohort', version: null },
      target: 'readmitted_1y',
      features: null,
      drop: ['length_of_stay'],
      params: { epochs, patience: epochs, importance_repeats: 0 },
      split: { kind: 'shares', train: 0.6, validation: 0.2, test: 0.2 },
      seed: 1,
      engine: 'cpu',
      cores: 1,
      study: 'Default',
      name,
    });
    return id;
  };

  beforeAll(async () => {
    app = await openApp();
    await app.call('datasets.synthetic', {});
    await app.call('settings.set', { trainingCores: 1 });
  });
  afterAll(async () => {
    expect(await app.close()).toBe(0);
  });

  test('its trainer killed, a run says where it would go on; Resume goes on from there and ends as done', {
    timeout: 90_000,
  }, async () => {
    const run = runPage(app);
    const id = await train('killed', 60);
    await run.open(id, 'curves');
    await run.lines('Loss').first().waitFor();
    await expect.poll(() => run.state(), patient).toMatch(/\d+\s?%/);
    process.kill(trainerOf(app.process.pid!), 'SIGKILL');
    await run.becomes('Crashed', 10_000);
    await expect.poll(() => run.state(), patient).toMatch(/goes on from epoch \d+/);
    await run.resume();
    await run.becomes('Done');
    expect((await app.call('runs.show', { id })).resumes).toHaveLength(1);
    expect(await app.page.getByRole('button', { name: 'Resume', exact: true }).count()).toBe(0);
  });

  test('a second run waits: its header, the table and Train say at which place and for what; then it begins', {
    timeout: 90_000,
  }, async () => {
    const run = runPage(app);
    const first = await train('first', 1_000);
    await run.open(first, 'curves');
    await run.lines('Loss').first().waitFor();
    const second = await train('second', 20);
    await run.open(second, 'curves');
    await expect.poll(() => run.state(), patient).toMatch(/^Queued.*next: .+/);
    const form = trainPage(app);
    await form.open('synthetic-cohort');
    await expect.poll(() => form.queue(), patient).toMatch(/first.*%[\s\S]*second.*next/);
    await expect.poll(() => form.estimate(), patient).toMatch(/after 2 runs/);
    const runs = runsPage(app);
    await runs.open();
    await expect.poll(() => textOf(runs.row('second')), patient).toMatch(/next/);
    await run.open(first, 'curves');
    await run.stop();
    await run.becomes('Stopped');
    await run.open(second, 'curves');
    await run.becomes('Done');
  });

  test('nothing of this was an error of the window', () => {
    expect(app.problems).toEqual([]);
    expect(app.errors()).toBe('');
  });
});
