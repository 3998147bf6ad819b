import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { notRun } from '../not-run.ts';
import { CommandVault, hostsOf, kill, processesNaming } from './job.ts';

let vault: CommandVault;
beforeEach(() => {
  vault = new CommandVault();
});
afterEach(() => vault.close());

const points = 120;
/** Logs a point every 20 ms, each acknowledged before the next, and says how long the slowest took. */
const logging = `
let slowest = 0;
for (let step = 0; step < ${points}; step++) {
  const before = performance.now();
  const { status } = await metric('loss', step, 1 / (step + 1));
  if (status !== 200) throw new Error('refused with ' + status);
  slowest = Math.max(slowest, performance.now() - before);
  if (step === 10) console.log('ten');
  await wait(20);
}
console.log('slowest ' + Math.round(slowest));
`;

const supported = existsSync('/proc/self/stat');
if (!supported) notRun('commands that outlive Wardbook', 'the tests find its processes in /proc');

async function begun(body: string) {
  const { child, ended } = vault.start(['run', '--json', '--', process.execPath, vault.script(body)]);
  const running = await vault.running();
  for (let waited = 0; waited < 20_000 && !logged(running.id).includes('ten'); waited += 10) await sleep(10);
  return { child, ended, running };
}

const logged = (id: string): string => {
  const file = join(vault.vault, 'runs', id, 'log.txt');
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
};

/** Waits for the end as any later Wardbook sees it. */
async function ended(id: string): Promise<Record<string, unknown>> {
  for (let waited = 0; waited < 30_000; waited += 300) {
    const shown = await vault.json('show', id);
    if (shown['status'] !== 'running' && shown['status'] !== 'queued') return shown;
    await sleep(300);
  }
  throw new Error('the run did not end');
}

/** The steps of the series, as they are stored. */
async function stored(id: string): Promise<number[]> {
  const { steps, values } = await vault.json<{ steps: number[]; values: number[] }>('metrics', id, 'loss');
  expect(values).toEqual(steps.map((step) => 1 / (step + 1)));
  return steps;
}

const all = Array.from({ length: points }, (_one, step) => step);

test.runIf(supported)('the terminal is killed: the command and its recording go on', async () => {
  const { child, running } = await begun(logging);
  child.kill('SIGKILL');
  expect(await ended(running.id)).toMatchObject({ status: 'finished' });
  expect(await stored(running.id)).toEqual(all);
});

test.runIf(supported)(
  'the host is killed again and again: training does not wait, every point is there once and in order, and the run is finished',
  { timeout: 90_000 },
  async () => {
    const { child, running } = await begun(logging);
    child.kill('SIGKILL');
    for (let times = 0; times < 3; times++) {
      for (const pid of hostsOf(vault.vault)) kill(pid);
      await sleep(250);
    }
    expect(await ended(running.id)).toMatchObject({ status: 'finished' });
    expect(await stored(running.id)).toEqual(all);
    // A call waits at most for a stand-in, never for a new host.
    expect(Number(/slowest (\d+)/.exec(logged(running.id))![1])).toBeLessThan(5_000);
  },
);

test.runIf(supported)(
  'the launcher is killed: another one answers at the same address, the output goes on, no point is lost',
  { timeout: 90_000 },
  async () => {
    const { ended: end, running } = await begun(logging);
    kill(running.pid('launcher'));
    expect(JSON.parse((await end).stdout)).toMatchObject({ status: 'crashed', exitCode: null });
    expect(await stored(running.id)).toEqual(all);
    expect(logged(running.id)).toMatch(/^ten\nslowest \d+\n$/);
  },
);

test.runIf(supported)(
  'host and launcher are killed while the command runs: the next Wardbook goes on with it',
  { timeout: 90_000 },
  async () => {
    const { child, running } = await begun(logging);
    child.kill('SIGKILL');
    for (const pid of [...hostsOf(vault.vault), running.pid('launcher')]) kill(pid);
    await vault.json('runs');
    await ended(running.id);
    expect(await stored(running.id)).toEqual(all);
    expect(logged(running.id)).toMatch(/^ten\nslowest \d+\n$/);
  },
);

test.runIf(supported)(
  'everything is killed at once: what was acknowledged is there once, also what only the launcher had, and the run is crashed',
  { timeout: 90_000 },
  async () => {
    // Says what was acknowledged where the test can read it.
    const body = `
import { renameSync, writeFileSync } from 'node:fs';
for (let step = 0; ; step++) {
  await metric('loss', step, 1 / (step + 1));
  // Whole or not at all, whenever it is killed.
  writeFileSync('acknowledged.part', String(step));
  renameSync('acknowledged.part', 'acknowledged');
  if (step === 10) console.log('ten');
}
`;
    const { child, running } = await begun(body);
    child.kill('SIGKILL');
    for (const pid of hostsOf(vault.vault)) kill(pid);
    // The launcher spools meanwhile.
    await sleep(400);
    const pids = [running.pid('launcher'), running.pid('job'), ...processesNaming(vault.base)];
    for (const pid of pids) kill(pid);
    await sleep(200);
    const acknowledged = Number(readFileSync(join(vault.base, 'acknowledged'), 'utf8'));
    expect(await ended(running.id)).toMatchObject({ status: 'crashed' });
    const steps = await stored(running.id);
    expect(steps.slice(0, acknowledged + 1)).toEqual(Array.from({ length: acknowledged + 1 }, (_one, step) => step));
    // At most the one call that was under way.
    expect(steps.length).toBeLessThanOrEqual(acknowledged + 2);
    expect(processesNaming(vault.base)).toEqual([]);
  },
);
