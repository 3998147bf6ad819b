import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunDetail } from '../../shared/model/run.ts';
import { notRun } from '../not-run.ts';
import { clientPython, type Major } from '../tracking/clients/python.ts';
import { CommandVault, kill, processesNaming } from './job.ts';

let vault: CommandVault;
beforeAll(() => {
  vault = new CommandVault();
});
afterAll(() => vault.close());

test('a command that ends well is finished, with its output, and its run ends with status 0', async () => {
  const file = vault.script("console.log('to stdout'); console.error('to stderr');");
  const run = await vault.run(file);
  expect(run).toMatchObject({ exit: 0, status: 'finished', exitCode: 0, signal: null, reason: null });
  expect(vault.log(run.id)).toBe('to stdout\nto stderr\n');
  expect(readdirSync(join(vault.vault, 'runs', run.id)).sort()).toEqual(['artifacts', 'log.txt']);
  const out = join(vault.base, 'copied');
  const { status, stdout } = await vault.start(['copy', run.id, '--out', out, '--json']).ended;
  expect(status).toBe(0);
  const { folder } = JSON.parse(stdout) as { folder: string };
  expect(existsSync(join(folder, 'runs', run.id, 'artifacts', 'code.zip'))).toBe(true);
});

test('a command that fails ends with its own status, and its traceback is kept', async () => {
  const file = vault.script("throw new Error('no such column');");
  const run = await vault.run(file);
  expect(run).toMatchObject({ exit: 1, status: 'failed', exitCode: 1 });
  const python = join(vault.base, 'fail.py');
  writeFileSync(
    python,
    `#!/bin/sh
printf 'start\\nTraceback (most recent call last):\\n  File "fail.py", line 3, in <module>\\nKeyError: 1\\n\\nDuring handling of the above exception, another exception occurred:\\n\\nTraceback (most recent call last):\\n  File "fail.py", line 5, in <module>\\nValueError: bad shape\\n' >&2
exit 3
`,
    { mode: 0o755 },
  );
  const { status, stdout } = await vault.start(['run', '--json', '--', python]).ended;
  const failed = JSON.parse(stdout) as { id: string; reason: string };
  expect(status).toBe(3);
  expect(failed.reason).toBe('The command ended with status 3: ValueError: bad shape');
  const shown = await vault.json<RunDetail>('show', failed.id);
  expect(shown.command?.traceback).toMatch(
    /^Traceback[\s\S]+KeyError: 1[\s\S]+During handling[\s\S]+ValueError: bad shape$/,
  );
});

test('a run goes on after its client has ended it, until the command ends, whose status then counts', async () => {
  const file = vault.script(`
import { existsSync } from 'node:fs';
await call('runs/update', { run_id: run, status: 'FINISHED', end_time: 1700000000000 });
console.log('said');
while (!existsSync('go-on')) await wait(20);
await metric('late', 0, 1);
throw new Error('after the end');
`);
  const { ended } = vault.start(['run', '--json', '--', process.execPath, file]);
  const { id } = await vault.running();
  await untilLogged(id, 'said');
  expect(await vault.json('show', id)).toMatchObject({
    status: 'running',
    command: { clientEnd: { status: 'finished', endedAt: 1_700_000_000_000 } },
  });
  writeFileSync(join(vault.base, 'go-on'), '');
  expect(JSON.parse((await ended).stdout)).toMatchObject({ status: 'failed', exitCode: 1 });
  const shown = await vault.json<RunDetail>('show', id);
  // As JSON a time is a text.
  expect(Date.parse(String(shown.endedAt))).toBeGreaterThan(1_700_000_000_000);
  expect(shown.command?.clientEnd).toEqual({ status: 'finished', endedAt: 1_700_000_000_000 });
});

test('a run that its script marked as failed is failed, also when the command ends with status 0', async () => {
  const file = vault.script("await call('runs/update', { run_id: run, status: 'FAILED' });");
  expect(await vault.run(file)).toMatchObject({
    exit: 0,
    status: 'failed',
    exitCode: 0,
    reason: 'The command ended well; its script had marked the run as failed.',
  });
});

for (const major of [2, 3] as const) {
  const python = clientPython(major);
  if (python === null) notRun(`the end of a command with the MLflow ${major} client`, 'there is no Python with it');
  else withClient(major, python);
}

function withClient(major: Major, python: string): void {
  test(`the client of MLflow ${major} ends its run, then the script fails: the run is failed, with what both said`, {
    timeout: 120_000,
  }, async () => {
    const file = join(vault.base, `client-${major}.py`);
    writeFileSync(
      file,
      `import mlflow
with mlflow.start_run() as run:
    mlflow.log_metric("loss", 0.5, step=1)
print("ended", mlflow.active_run())
raise ValueError("after the end")
`,
    );
    const { stdout, stderr } = await vault.start(['run', '--json', '--', python, file]).ended;
    const { id, ...end } = JSON.parse(stdout || stderr) as { id: string };
    expect(end).toMatchObject({
      status: 'failed',
      exitCode: 1,
      reason: 'The command ended with status 1: ValueError: after the end',
    });
    expect(vault.log(id)).toContain('ended None');
    const shown = await vault.json<RunDetail>('show', id);
    expect(shown.metrics['loss']).toBe(0.5);
    expect(shown.command?.clientEnd).toEqual({ status: 'finished', endedAt: expect.any(Number) });
    expect(shown.command!.clientEnd!.endedAt!).toBeLessThanOrEqual(Date.parse(String(shown.endedAt)));
  });
}

test('a command of which there is no program makes no run', async () => {
  const { status, stderr } = await vault.start(['run', '--', 'no-such-program-here']).ended;
  expect(status).toBe(1);
  expect(stderr).toContain('error: COMMAND_NOT_FOUND: There is no program no-such-program-here here');
});

const untilStopped = "console.log('up'); process.on('SIGTERM', () => process.exit(0)); setInterval(() => {}, 1000);";

test('stop asks the whole process group, and the run is stopped even when the command then ends well', async () => {
  const file = vault.script(untilStopped);
  const { ended } = vault.start(['run', '--json', '--', 'sh', '-c', `${process.execPath} ${file} & wait $!`]);
  const { id } = await vault.running();
  await untilLogged(id, 'up');
  expect(await vault.json('stop', id)).toMatchObject({ status: 'stopped', reason: 'Stopped by hand.' });
  expect(JSON.parse((await ended).stdout)).toMatchObject({ status: 'stopped' });
  expect(processesNaming(file)).toEqual([]);
});

test('Ctrl-C interrupts the command, keeps the run and ends with 130; one that does not listen is killed by the second', async () => {
  const file = vault.script("console.log('up'); setInterval(() => {}, 1000);");
  const first = vault.start(['run', '--json', '--', process.execPath, file]);
  await untilLogged((await vault.running()).id, 'up');
  first.child.kill('SIGINT');
  const ended = await first.ended;
  expect(ended.status).toBe(130);
  expect(JSON.parse(ended.stdout)).toMatchObject({
    status: 'stopped',
    signal: 'SIGINT',
    reason: 'Stopped with Ctrl-C.',
  });

  const deaf = vault.script(
    "process.on('SIGINT', () => console.log('no')); console.log('up'); setInterval(() => {}, 1000);",
  );
  const second = vault.start(['run', '--json', '--', process.execPath, deaf]);
  const { id } = await vault.running();
  await untilLogged(id, 'up');
  second.child.kill('SIGINT');
  await untilLogged(id, 'no');
  second.child.kill('SIGINT');
  expect((await second.ended).status).toBe(137);
});

test('a command that is killed from outside is crashed, with the signal', async () => {
  const file = vault.script("console.log('up'); setInterval(() => {}, 1000);");
  const { ended } = vault.start(['run', '--json', '--', process.execPath, file]);
  const running = await vault.running();
  await untilLogged(running.id, 'up');
  kill(running.pid('job'));
  const { status, stdout } = await ended;
  expect(status).toBe(137);
  expect(JSON.parse(stdout)).toMatchObject({
    status: 'crashed',
    signal: 'SIGKILL',
    reason: expect.stringContaining('killed from outside (SIGKILL)'),
  });
});

test('the machine was restarted: the run is crashed and says so', async () => {
  const file = vault.script("console.log('up'); setInterval(() => {}, 1000);");
  const { child } = vault.start(['run', '--', process.execPath, file]);
  const running = await vault.running();
  await untilLogged(running.id, 'up');
  const before = processesNaming(vault.vault);
  for (const pid of [...before, running.pid('job'), running.pid('launcher')]) kill(pid);
  child.kill('SIGKILL');
  await sleep(200);
  for (const name of ['job.json', 'launcher.json']) {
    const record = JSON.parse(readFileSync(join(running.job, name), 'utf8')) as object;
    writeFileSync(join(running.job, name), JSON.stringify({ ...record, boot: 'another start of the machine' }));
  }
  expect(await vault.json('show', running.id)).toMatchObject({
    status: 'crashed',
    reason: 'The machine was restarted while the command ran.',
  });
});

async function untilLogged(id: string, text: string): Promise<void> {
  for (let waited = 0; waited < 20_000; waited += 20) {
    try {
      if (vault.log(id).includes(text)) return;
    } catch {
      // Not there yet.
    }
    await sleep(20);
  }
  throw new Error(`${text} was not printed`);
}
