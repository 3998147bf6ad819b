import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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
const witnessed = existsSync('/usr/bin/perl');
if (!witnessed) notRun('the end of a command whose launcher was killed', 'there is no /usr/bin/perl');
const unknown = { status: 'crashed', exitCode: null, signal: null };
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
    expect(JSON.parse((await end).stdout)).toMatchObject(witnessed ? { status: 'finished', exitCode: 0 } : unknown);
    expect(await stored(running.id)).toEqual(all);
    expect(logged(running.id)).toMatch(/^ten\nslowest \d+\n$/);
  },
);

test.runIf(supported && witnessed)(
  'the launcher is killed: a command that then fails is failed with its status and traceback, one that is killed or stopped is so',
  { timeout: 120_000 },
  async () => {
    const goesOn = `console.log('ten'); while (!existsSync('go')) await wait(20);`;
    const failing = await begun(`import { existsSync } from 'node:fs';
${goesOn}
console.error('Traceback (most recent call last):\\n  File "a.py", line 1\\nValueError: too late');
process.exit(137);`);
    kill(failing.running.pid('launcher'));
    writeFileSync(join(vault.base, 'go'), '');
    const reason = 'The command ended with status 137: ValueError: too late';
    expect(JSON.parse((await failing.ended).stdout)).toMatchObject({ status: 'failed', exitCode: 137, reason });
    rmSync(join(vault.base, 'go'));

    const killed = await begun(`import { existsSync } from 'node:fs';\n${goesOn}`);
    kill(killed.running.pid('launcher'));
    kill(killed.running.pid('job'));
    expect(JSON.parse((await killed.ended).stdout)).toMatchObject({ status: 'crashed', signal: 'SIGKILL' });

    const stopped = await begun(`import { existsSync } from 'node:fs';\n${goesOn}`);
    kill(stopped.running.pid('launcher'));
    await vault.json('stop', stopped.running.id);
    expect(JSON.parse((await stopped.ended).stdout)).toMatchObject({ status: 'stopped', signal: 'SIGTERM' });
    expect(processesNaming(vault.base)).toEqual([]);
  },
);

test.runIf(supported && witnessed)(
  'launcher and witness are killed: how the command ended is not known, and the run is crashed',
  { timeout: 90_000 },
  async () => {
    const { ended: end, running } = await begun(logging);
    for (const of of ['launcher', 'witness'] as const) kill(running.pid(of));
    expect(JSON.parse((await end).stdout)).toMatchObject(unknown);
    expect(await stored(running.id)).toEqual(all);
  },
);

test.runIf(supported)(
  'host and launcher are killed while the command runs: the next Wardbook goes on with it, and it ends as it did',
  { timeout: 90_000 },
  async () => {
    const { child, running } = await begun(logging);
    child.kill('SIGKILL');
    for (const pid of [...hostsOf(vault.vault), running.pid('launcher')]) kill(pid);
    await vault.json('runs');
    expect(await ended(running.id)).toMatchObject({ status: witnessed ? 'finished' : 'crashed' });
    expect(await stored(running.id)).toEqual(all);
    expect(logged(running.id)).toMatch(/^ten\nslowest \d+\n$/);
  },
);

test.runIf(supported && witnessed)(
  'host and launcher are killed and the command ends while no Wardbook is there: its status and last output are found later',
  { timeout: 90_000 },
  async () => {
    const { child, running } = await begun(`import { existsSync } from 'node:fs';
console.log('ten'); while (!existsSync('go')) await wait(20);
console.log('last words'); process.exit(5);`);
    child.kill('SIGKILL');
    const job = running.pid('job');
    for (const pid of [...hostsOf(vault.vault), running.pid('launcher')]) kill(pid);
    writeFileSync(join(vault.base, 'go'), '');
    while (existsSync(`/proc/${job}`)) await sleep(20);
    await sleep(200);
    expect(await ended(running.id)).toMatchObject({
      status: 'failed',
      command: { exitCode: 5 },
      reason: 'The command ended with status 5; what it printed is in the log.',
    });
    expect(logged(running.id)).toBe('ten\nlast words\n');
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
