import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { openVault } from '../../main/store/open-vault.ts';
import { inProcessClient } from '../../main/workers/in-process.ts';
import { cohortCsv, vaultWith } from '../training/cohort.ts';
import type { Row, Scale } from './bench.ts';

export const title = 'Runs killed (kill -9 of the command) at random moments and resumed, mlp on cpu';

const cli = join(import.meta.dirname, '..', '..', 'main', 'cli.ts');
const KILLS_PER_RUN = 5;
const params = ['epochs=60', 'patience=60', 'hidden=32, 16', 'batch_size=8'].flatMap((one) => ['--set', one]);
const train = [
  'train',
  'mlp',
  '--dataset',
  'cohort',
  '--target',
  'outcome',
  '--engine',
  'cpu',
  '--features',
  'age,pressure,sex',
  ...params,
];

/** Runs are killed up to five times on their way, each time somewhere in the seconds after they began or were resumed. */
export async function run({ scale }: { scale: Scale }): Promise<Row[]> {
  const { dir, client } = await vaultWith(cohortCsv(500, 71), 'patient');
  await client.close();
  const whole = await toEnd(dir, train);
  const kills = scale === 'full' ? 50 : 5;
  const found = { runs: 0, kills: 0, same: 0, running: 0, orphans: 0 };
  for (; found.kills < kills; found.runs++) {
    let id: string | null = null;
    for (let k = 0; k < KILLS_PER_RUN; k++) {
      const known: string | null = id;
      const child = start(dir, known === null ? train : ['resume', known]);
      await pause(1_500 + 3_000 * Math.random());
      const children = childrenOf(child.pid!);
      const ended = child.exitCode !== null;
      child.kill('SIGKILL');
      await pause(1_500);
      if (!ended) found.kills++;
      found.orphans += children.filter(isAlive).length;
      id ??= await newestRun(dir);
      if (ended) break;
    }
    const { status, outcome } = await statusOf(dir, id!);
    if (status === 'running' || status === 'queued') found.running++;
    const end = status === 'finished' ? outcome : (await toEnd(dir, ['resume', id!])).outcome;
    if (end === whole.outcome) found.same++;
  }
  return [
    {
      name: `runs with the metrics and weights of the uninterrupted one, after ${found.kills} kills`,
      figure: found.same,
      unit: 'runs',
      target: `${found.runs} of ${found.runs}`,
      met: found.same === found.runs,
    },
    { name: 'runs left running', figure: found.running, unit: 'runs', target: '0', met: found.running === 0 },
    { name: 'processes left', figure: found.orphans, unit: 'processes', target: '0', met: found.orphans === 0 },
  ];
}

const start = (dir: string, args: string[]): ChildProcess =>
  spawn(process.execPath, [cli, '--vault', dir, '--json', ...args], { stdio: ['ignore', 'ignore', 'ignore'] });

async function toEnd(dir: string, args: string[]): Promise<{ outcome: string }> {
  const child = start(dir, args);
  await new Promise((resolve) => child.once('exit', resolve));
  return statusOf(dir, await newestRun(dir));
}

function childrenOf(pid: number): string[] {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean);
  } catch {
    return [];
  }
}

/** A process that has ended may still be listed until somebody asks for its status. */
function isAlive(pid: string): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

async function newestRun(dir: string): Promise<string> {
  const vault = openVault(dir, { purpose: 'bench' });
  const id = vault.db.prepare('SELECT uid FROM run ORDER BY id DESC LIMIT 1').pluck().get() as string;
  vault.close();
  return id;
}

/** What counts as the same: every estimate, every series point by point, and the hashes of the model files. */
async function statusOf(dir: string, id: string): Promise<{ status: string; outcome: string }> {
  const vault = openVault(dir, { purpose: 'bench' });
  const client = inProcessClient(vault);
  const { status, estimates, artifacts, seriesKeys } = await client.call('runs.show', { id });
  const keys = seriesKeys.filter((key) => !key.startsWith('system/'));
  const [own] = await client.call('runs.series', { ids: [id], keys, maxPoints: 4_000 });
  const series = own!.series.map(({ key, steps, values }) => [key, Array.from(steps), Array.from(values)]);
  await client.close();
  return { status, outcome: JSON.stringify([estimates, artifacts, series]) };
}
