import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { jsonOf } from '../acceptance/wardbook.ts';
import { notRun } from '../not-run.ts';
import { canOpenWindow } from './browser.ts';
import { type DrivenApp, openApp } from './driven-app.ts';
import { runPage } from './pages/run-page.ts';
import { alive, processesWorkingIn } from './processes.ts';

const what = 'an own command while the window is killed and started again';
const onLinux = process.platform === 'linux';
if (!onLinux) notRun(what, 'processes are looked up in /proc');

/** Logs a point every 20 ms, each acknowledged before the next, until it is told how to end. */
const script = `
import { existsSync } from 'node:fs';
const { MLFLOW_TRACKING_URI: uri, MLFLOW_TRACKING_TOKEN: token, MLFLOW_RUN_ID: run } = process.env;
console.log('begun');
for (let step = 0; ; step++) {
  const body = JSON.stringify({ run_id: run, key: 'loss', value: 1 / (step + 1), timestamp: 1700000000000 + step, step });
  const headers = { authorization: 'Bearer ' + token, 'content-type': 'application/json' };
  for (let status = 0; status !== 200; ) {
    status = await fetch(uri + '/api/2.0/mlflow/runs/log-metric', { method: 'POST', headers, body }).then((r) => r.status, () => 0);
  }
  if (step % 50 === 0) console.log('step ' + step);
  if (existsSync('end-well')) { console.log('logged ' + (step + 1)); process.exit(0); }
  if (existsSync('fail')) {
    console.error('Traceback (most recent call last):\\n  File "train.py", line 9, in <module>\\nValueError: no more data');
    process.exit(3);
  }
  await new Promise((resolve) => setTimeout(resolve, 20));
}
`;

describe.runIf(onLinux && canOpenWindow(what))('an own command outlives the window', () => {
  const folder = mkdtempSync(join(tmpdir(), 'wardbook-e2e-survives-'));
  const vault = join(folder, 'vault');
  const signs = ['end-well', 'fail'];
  let app: DrivenApp;
  let id: string;

  beforeAll(async () => {
    writeFileSync(join(folder, 'train.mjs'), script);
    app = await openApp({ vault });
  });
  afterAll(async () => {
    await app?.close();
    rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  });

  /** From the form of Train to the first points. */
  async function start(): Promise<void> {
    for (const sign of signs) rmSync(join(folder, sign), { force: true });
    const { page } = app;
    await app.go('/train');
    await page.getByRole('button', { name: 'Own command' }).click();
    app.willChoose(folder);
    await page.getByRole('button', { name: 'Choose a folder' }).click();
    await page.getByPlaceholder('python train.py --epochs 20').fill('node train.mjs');
    await page.getByRole('button', { name: 'Run command' }).click();
    await page.getByText('begun').waitFor();
    id = /\/run\/(\w+)/.exec(page.url())![1]!;
    await longer();
  }

  /** Until thirty more points are stored. */
  async function longer(): Promise<void> {
    const before = await count();
    await expect.poll(count, { timeout: 30_000 }).toBeGreaterThan(before + 30);
  }

  /** Points of the series, by its last value: 1 / step. */
  async function count(): Promise<number> {
    const { metrics } = await app.call('runs.show', { id });
    return metrics['loss'] === undefined ? 0 : Math.round(1 / metrics['loss']);
  }

  const sign = (name: string): void => writeFileSync(join(folder, name), '');

  async function restart(): Promise<void> {
    await app.kill();
    app = await openApp({ vault });
  }

  /** Every step from the first to the last one that was acknowledged, once and in order. */
  async function expectWhole(): Promise<void> {
    const { steps, values } = await jsonOf<{ steps: number[]; values: number[] }>(vault, 'metrics', id, 'loss');
    expect(steps.length).toBeGreaterThan(30);
    expect(steps).toEqual(Array.from(steps, (_step, i) => i));
    expect(values).toEqual(steps.map((step) => 1 / (step + 1)));
  }

  test('killed and started again while the command goes on, it is live: more points, the output, and Stop', async () => {
    await start();
    await restart();
    const run = runPage(app);
    await run.open(id, 'curves');
    await run.becomes('Running', 20_000);
    await run.lines('[Ll]oss').first().waitFor();
    await longer();
    await run.open(id, 'log');
    const before = await steps();
    await expect.poll(steps, { timeout: 20_000 }).toBeGreaterThan(before);
    await run.stop();
    await run.becomes('Stopped');
    expect(await run.state()).toMatch(/by hand/);
    await expectWhole();
  });

  /** The last step that the shown part of the log tells. */
  async function steps(): Promise<number> {
    const lines = await app.page.getByText(/^step \d+$/).allTextContents();
    return Math.max(-1, ...lines.map((line) => Number(line.slice(5))));
  }

  test('killed twice in a row, then the command ends well: every point once, in order, and the run is done', async () => {
    await start();
    await restart();
    await restart();
    await longer();
    sign('end-well');
    const run = runPage(app);
    await run.open(id, 'log');
    await run.becomes('Done');
    await app.page.getByText(/^logged \d+$/).waitFor();
    await expectWhole();
  });

  test('the command fails while no window is there: the next one shows that it failed, and why', async () => {
    await start();
    await app.kill();
    sign('fail');
    await expect.poll(() => alive(processes()), { timeout: 20_000 }).toEqual([]);
    app = await openApp({ vault });
    const run = runPage(app);
    await run.open(id, 'log');
    await run.becomes('Failed');
    expect(await run.state()).toMatch(/ValueError: no more data/);
    await expectWhole();
  });

  test('the window, the host and the launcher killed at once: the next one goes on with the command, to its end', async () => {
    await start();
    const helpers = processes().filter(({ command }) => /command-(host|launcher)/.test(command));
    expect(helpers.length).toBe(2);
    await app.kill();
    for (const { pid } of helpers) process.kill(pid, 'SIGKILL');
    app = await openApp({ vault });
    await longer();
    sign('end-well');
    const run = runPage(app);
    await run.open(id, 'log');
    await run.becomes(existsSync('/usr/bin/perl') ? 'Done' : 'Crashed');
    await expectWhole();
  });

  test('the whole machine’s worth of processes killed: what was acknowledged is there once, and the run crashed', async () => {
    await start();
    const everything = processes();
    expect(everything.length).toBeGreaterThanOrEqual(3);
    await app.kill();
    for (const { pid } of everything) process.kill(pid, 'SIGKILL');
    app = await openApp({ vault });
    const run = runPage(app);
    await run.open(id, 'log');
    await run.becomes('Crashed', 20_000);
    await expectWhole();
    expect(alive(everything)).toEqual([]);
    expect(app.problems).toEqual([]);
  });

  /** All that works for the command, itself included. */
  const processes = () => processesWorkingIn(folder);
});
