import { afterAll, beforeAll, expect, test } from 'vitest';
import { createSupervisor, type Supervisor } from '../../main/training/supervisor.ts';
import type { WorstRows } from '../../shared/contract/runs.ts';
import { createRandom } from '../../shared/statistics/random.ts';
import { cliJson, runCli } from '../cli/run-cli.ts';
import { type TestVault, vaultWith, wish } from '../training/cohort.ts';

/** Stays whose hours follow age, but for patient P7, who stayed ten times as long. */
function stays(): string {
  const random = createRandom(4);
  const lines = ['patient,age,ward,hours,long'];
  for (let p = 0; p < 90; p++) {
    const age = 30 + random.below(60);
    const hours = p === 7 ? 1_500 : 50 + 1.5 * age + 8 * random.normal();
    lines.push(`P${p},${age},${p % 9 === 0 ? '' : 'north'},${hours.toFixed(1)},${hours > 150 ? 'yes' : 'no'}`);
  }
  return `${lines.join('\n')}\n`;
}

let vault: TestVault;
let supervisor: Supervisor;
let numbers: string;
let classes: string;
beforeAll(async () => {
  vault = await vaultWith(stays(), 'patient');
  supervisor = createSupervisor({ client: vault.client, vaultDir: vault.dir });
  const train = async (changes: Parameters<typeof wish>[0]) => {
    const { id } = await supervisor.start(
      wish({ features: ['age', 'ward'], engine: 'cpu', split: { kind: 'folds', folds: 3 }, ...changes }),
    );
    await supervisor.wait(id);
    return id;
  };
  numbers = await train({ recipe: 'linear', target: 'hours' });
  classes = await train({ recipe: 'logistic', target: 'long' });
});
afterAll(async () => {
  await supervisor.close();
  await vault.client.close();
});

test('of a predicted number the largest absolute error comes first, with the features of the run and nothing else', async () => {
  const { part, classes: labels, rows } = await vault.client.call('runs.worst', { id: numbers, limit: 5 });
  expect([part, labels, rows.length]).toEqual(['oof', [], 5]);
  const first = rows[0]!;
  expect(first).toMatchObject({ row: 7, subject: 'P7', truth: 1_500 });
  expect(first.loss).toBeCloseTo(1_500 - first.score, 9);
  expect(first.predicted).toBe(first.score);
  expect(first.cells.map(({ column }) => column)).toEqual(['age', 'ward']);
  expect(first.cells[1]).toEqual({ column: 'ward', value: 'north' });
  expect(rows.map(({ loss }) => loss)).toEqual(rows.map(({ loss }) => loss).sort((a, b) => b - a));
});

test('of classes the least probability of the true class comes first', async () => {
  const { rows, classes: labels } = await vault.client.call('runs.worst', { id: classes, limit: 200 });
  expect(labels).toEqual(['no', 'yes']);
  expect(rows).toHaveLength(90);
  for (const { score, loss } of rows) expect(loss).toBeCloseTo(-Math.log(score), 9);
  expect(rows.map(({ score }) => score)).toEqual(rows.map(({ score }) => score).sort((a, b) => a - b));
  const { evaluation } = await vault.client.call('runs.evaluation', { id: classes });
  for (const { truth, predicted, score } of rows) {
    const risk = truth === 'yes' ? score : 1 - score;
    expect(predicted).toBe(risk >= evaluation.threshold! ? 'yes' : 'no');
  }
  expect(rows.find(({ subject }) => subject === 'P9')!.cells[1]).toEqual({ column: 'ward', value: null });
});

test('predictions of a number on the command line: all as CSV, the worst as a table, CSV and JSON', () => {
  const csv = runCli(vault.dir, 'predictions', numbers, '--csv').stdout.trim().split('\n');
  expect(csv[0]).toBe('row,subject,fold,split,truth,score');
  expect(csv).toHaveLength(91);
  expect(csv.find((line) => line.startsWith('8,P7,'))).toMatch(/^8,P7,[123],oof,1500,\d+\.\d+$/);
  expect(runCli(vault.dir, 'predictions', numbers).stdout).toContain('90 held-out predictions');
  const worst = runCli(vault.dir, 'predictions', numbers, '--worst', '2').stdout.trim().split('\n');
  expect(worst[0]).toMatch(/^row +subject +fold +truth +predicted +error +age +ward$/);
  expect(worst).toHaveLength(3);
  expect(runCli(vault.dir, 'predictions', numbers, '--worst', '2', '--csv').stdout).toMatch(
    /^row,subject,fold,truth,predicted,error,age,ward\n8,P7,/,
  );
  const json = cliJson(vault.dir, 'predictions', numbers, '--worst', '3') as WorstRows;
  expect(json.rows.map(({ row }) => row)[0]).toBe(7);
  expect(runCli(vault.dir, 'predictions', numbers, '--worst', '201').status).toBe(2);
});
