import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { openTestVault, temporaryFolder } from '../store/vault-fixture.ts';
import { cohort, plantDataset, plantRun, predictions, sigmoid } from './planted-runs.ts';

const dir = temporaryFolder();
let ids: string[] = [];

beforeAll(() => {
  const vault = openTestVault(dir);
  plantDataset(vault);
  const data = cohort(12, 200);
  const full = data.x.map((x, i) => sigmoid(-0.8 + 1.1 * x + 1.1 * data.y[i]!));
  const less = data.x.map((x) => sigmoid(-0.7 + 0.9 * x));
  ids = [
    plantRun(vault, { name: 'full', predictions: predictions(data, full) }),
    plantRun(vault, { name: 'no y', predictions: predictions(data, less), features: ['x'] }),
  ];
  vault.close();
});

/** `wardbook compare …` in a process of its own. */
function wardbook(...args: string[]): Promise<{ status: number; stdout: string; stderr: string }> {
  const cli = join(import.meta.dirname, '../../main/cli.ts');
  return new Promise((resolve) => {
    execFile(process.execPath, [cli, '--vault', dir, 'compare', ...args], (error, stdout, stderr) => {
      resolve({ status: error === null ? 0 : Number(error.code), stdout, stderr });
    });
  });
}

it('compare --json prints one value: runs, differs, metrics and the tests in AUC and Brier score', async () => {
  const { status, stdout } = await wardbook(...ids.map((id) => id.slice(0, 12)), '--json');
  expect(status).toBe(0);
  const value = JSON.parse(stdout);
  expect(Object.keys(value)).toEqual(expect.arrayContaining(['runs', 'differs', 'metrics', 'tests']));
  expect(value.runs.map((run: { id: string }) => run.id)).toEqual(ids);
  expect(Object.keys(value.differs)).toEqual(['params', 'data', 'code', 'environment', 'hardware']);
  expect(value.differs.data).toEqual([{ key: 'features', values: ['2', '− y 1'] }]);
  expect(value.tests).toHaveLength(2);
  for (const test of value.tests) {
    expect(Object.keys(test)).toEqual(
      expect.arrayContaining(['a', 'b', 'metric', 'difference', 'low', 'high', 'p', 'verdict', 'sentence']),
    );
    expect(test.verdict).toBe('real');
  }
  expect(value.tests.map((test: { metric: string }) => test.metric)).toEqual(['auc', 'brier']);
});

it('for a person it prints the runs, what differs, the difference with its interval, and the sentence', async () => {
  const { stdout } = await wardbook(...ids, '--metric', 'auc');
  expect(stdout).toMatch(/A {2}full .*\nB {2}no y /);
  expect(stdout).toMatch(/data {2}features {2}2 {2}− y 1/);
  expect(stdout).toMatch(/A minus B, auc: \+0\.\d+ \[\+0\.\d+ to \+0\.\d+\] {2}real\n {2}Leaving out y makes/);
  expect(stdout).not.toContain('brier');
});

it('an unknown run or metric fails with its code, no run at all is wrong usage', async () => {
  const unknown = await wardbook('ffffffff', '--json');
  expect([unknown.status, JSON.parse(unknown.stdout).error.code]).toEqual([1, 'RUN_NOT_FOUND']);
  const metric = await wardbook(...ids, '--metric', 'train/loss');
  expect([metric.status, metric.stderr.split(':')[1]?.trim()]).toEqual([1, 'METRIC_NOT_FOUND']);
  expect((await wardbook()).status).toBe(2);
});
