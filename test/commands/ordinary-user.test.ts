import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readlinkSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { RunDetail } from '../../shared/model/run.ts';
import { notRun } from '../not-run.ts';
import { CommandVault, hostsOf, kill } from './job.ts';

const who = '65534';
const asNobody = ['setpriv', `--reuid=${who}`, `--regid=${who}`, '--clear-groups'];
const isRoot = process.getuid?.() === 0;
const as = isRoot ? asNobody : [];
const cli = join(import.meta.dirname, '..', '..', 'main', 'cli.ts');
const works = ([program, ...args]: string[]): boolean => spawnSync(program!, args, { stdio: 'ignore' }).status === 0;
const canStepDown = process.platform === 'linux' && works([...as, process.execPath, cli, '--version']);
if (!canStepDown) notRun('a command of an ordinary user', 'none can run the program from here');
/** Whether such a user may take a program's network away, told by other means than the product's. */
const may =
  canStepDown &&
  (works([...as, 'unshare', '--map-root-user', '--net', 'ip', 'link', 'set', 'lo', 'up']) ||
    works([...as, 'bwrap', '--dev-bind', '/', '/', '--unshare-user', '--unshare-net', '--', 'true']));
if (canStepDown && !may) notRun('a closed network for an ordinary user', 'this system allows them no namespace');

let vault: CommandVault;
beforeEach(() => {
  vault = new CommandVault(as);
});
afterEach(() => vault.close());

const handOver = (): void => {
  if (isRoot) execFileSync('chown', ['-R', `${who}:${who}`, vault.base]);
};

test.runIf(canStepDown)(
  'a command of an ordinary user: its network is as the run says, its code is kept, and all files are the user’s alone',
  { timeout: 60_000 },
  async () => {
    const file = vault.script(`
import { connect } from 'node:net';
const outside = await new Promise((resolve) => {
  const socket = connect({ host: '192.0.2.1', port: 80, timeout: 300 });
  socket.on('error', (error) => resolve(error.code));
  socket.on('timeout', () => { socket.destroy(); resolve('no answer'); });
  socket.on('connect', () => resolve('connected'));
});
console.log('user ' + process.getuid() + ' tracker ' + (await metric('loss', 0, 1)).status + ' outside ' + outside);
`);
    const data = join(vault.base, 'own');
    mkdirSync(data);
    writeFileSync(join(data, 'mine.txt'), 'x', { mode: 0o600 });
    handOver();
    const run = await vault.run(file);
    expect(run).toMatchObject({ status: 'finished', exitCode: 0 });
    const { command, codeSnapshot } = await vault.json<RunDetail>('show', run.id);
    expect(command?.network.off).toBe(may);
    const said = vault.log(run.id);
    expect(said).toContain(`user ${isRoot ? who : process.getuid?.()} tracker 200`);
    if (may) expect(said).toContain('outside ENETUNREACH');
    if (may) expect(command?.network.refused).toBeGreaterThanOrEqual(1);
    expect(codeSnapshot?.files.map(({ path }) => path)).toContain('job.mjs');
    const log = statSync(join(vault.vault, 'runs', run.id, 'log.txt'));
    expect([log.mode & 0o777, log.uid]).toEqual([0o600, isRoot ? Number(who) : process.getuid?.()]);
  },
);

test.runIf(canStepDown && existsSync('/usr/bin/perl'))(
  'host and launcher of an ordinary user are killed: every point is stored once, the network stays closed, and the end is known',
  { timeout: 90_000 },
  async () => {
    const file = vault.script(`
import { existsSync } from 'node:fs';
console.log('ten');
let step = 0;
for (; !existsSync('go'); step++) { await metric('loss', step, step); await wait(20); }
console.log('logged ' + step);
process.exit(4);
`);
    handOver();
    const { child } = vault.start(['run', '--json', '--', process.execPath, file]);
    const running = await vault.running();
    const net = (pid: number): string => readlinkSync(`/proc/${pid}/ns/net`);
    const before = net(running.pid('job'));
    await expect.poll(() => existsSync(join(running.job, '..', 'log.txt')), { timeout: 10_000 }).toBe(true);
    child.kill('SIGKILL');
    const old = running.pid('launcher');
    for (const pid of [...hostsOf(vault.vault), old]) kill(pid);
    await vault.json('runs');
    await expect.poll(() => running.pid('launcher'), { timeout: 20_000 }).not.toBe(old);
    expect(net(running.pid('launcher'))).toBe(before);
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    writeFileSync(join(vault.base, 'go'), '');
    await expect
      .poll(async () => (await vault.json('show', running.id))['status'], { timeout: 30_000, interval: 300 })
      .toBe('failed');
    const { command } = await vault.json<RunDetail>('show', running.id);
    expect(command).toMatchObject({ exitCode: 4, network: { off: may } });
    const logged = Number(/^logged (\d+)$/m.exec(vault.log(running.id))![1]);
    const { steps } = await vault.json<{ steps: number[] }>('metrics', running.id, 'loss');
    expect(steps).toEqual(Array.from({ length: logged }, (_one, step) => step));
  },
);
