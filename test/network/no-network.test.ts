import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { notRun } from '../not-run.ts';
import { runCounted, whyNoNamespace } from './counted-namespace.ts';
import { internetCalls, whyNoTrace } from './traced.ts';

const cli = join(import.meta.dirname, '../../build/main/cli.js');
const folder = mkdtempSync(join(tmpdir(), 'wardbook-network-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const env = (name: string): NodeJS.ProcessEnv => ({ ...process.env, HOME: folder, WARDBOOK_VAULT: join(folder, name) });
const demo = [process.execPath, cli, 'demo', '--headless', '--json'];
const leak = [
  process.execPath,
  '-e',
  'fetch("http://198.51.100.7/").catch(() => {}); setTimeout(() => process.exit(0), 1000)',
];

/** What the demo printed must be that of the whole main job: a demo that did less would prove less. */
function expectWholeJob(output: string): void {
  const done = JSON.parse(output.split('\n')[0]!) as {
    runs: { recipe: string; metrics: { auc: { value: number } } }[];
  };
  expect(done).toMatchObject({ dataset: { subjects: 2000 }, report: expect.any(String), verified: true });
  expect(done.runs.map(({ recipe }) => recipe)).toEqual(['logistic', 'mlp', 'logistic']);
  for (const { metrics } of done.runs) expect(metrics.auc.value).toBeGreaterThan(0.7);
}

const noTrace = whyNoTrace();
if (noTrace !== null) notRun('the proof of no network by strace', noTrace);
describe.skipIf(noTrace !== null)('PRIVACY N2: no process makes a network call', () => {
  test('a leaking process is seen (positive control)', () => {
    expect(internetCalls(leak).calls.length).toBeGreaterThan(0);
  });

  test('the whole main job in the command line, with its children, makes none', { timeout: 300_000 }, () => {
    const run = internetCalls(demo, env('traced'));
    expect(run.calls).toEqual([]);
    expect(run.status, run.output).toBe(0);
    expectWholeJob(run.output);
  });
});

const noNamespace = whyNoNamespace();
if (noNamespace !== null) notRun('the proof of no network by counted packets', noNamespace);
describe.skipIf(noNamespace !== null)('PRIVACY N1: no packet leaves, with a route open', () => {
  test('a leaking process is counted (positive control)', () => {
    expect(runCounted(leak).packets).toBeGreaterThan(0);
  });

  test('the whole main job in the command line sends none', { timeout: 300_000 }, () => {
    const run = runCounted(demo, env('counted'), 280_000);
    expect({ packets: run.packets, loopback: run.loopback, status: run.status }, run.output).toEqual({
      packets: 0,
      loopback: 0,
      status: 0,
    });
    expectWholeJob(run.output);
  });
});
