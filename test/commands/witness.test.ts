import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startWitnessed } from '../../main/commands/launcher/witness.ts';
import { notRun } from '../not-run.ts';

const here = existsSync('/usr/bin/perl') && existsSync('/proc/self/stat');
if (!here) notRun('what a command sees below its witness', 'there is no /usr/bin/perl, or no /proc');

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'wardbook-witness-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const plan = (argv: string[]) => ({
  folder,
  logFile: '',
  token: '',
  running: null,
  argv,
  cwd: folder,
  env: {},
  tracked: false,
  host: null,
});

/** All that a process is told by how it was started. */
const look = String.raw`
const { readFileSync, readdirSync, readlinkSync } = require('node:fs');
const [, , group, session, terminal] = readFileSync('/proc/self/stat', 'utf8').replace(/^.*\) /s, '').split(' ');
const status = readFileSync('/proc/self/status', 'utf8');
const link = (fd) => { try { return readlinkSync('/proc/self/fd/' + fd); } catch { return null; } };
process.stdout.write(JSON.stringify({
  argv: process.argv, env: readFileSync('/proc/self/environ', 'latin1'), cwd: process.cwd(), umask: process.umask(),
  heads: [group, session].map((one) => Number(one) === process.pid), terminal,
  signals: status.match(/^Sig(Blk|Ign|Cgt):.*$/gm),
  files: readdirSync('/proc/self/fd').map(link).filter((to) => to?.startsWith('/')),
}));
process.exit(37);
`;

test.runIf(here)(
  'a command sees the same below a witness: words, environment byte for byte, files, signals, group and session',
  async () => {
    const env = {
      PATH: process.env['PATH'],
      PWD: '/nowhere',
      SHLVL: '7',
      LC_ALL: 'xx_YY.UTF-8',
      'BASH_FUNC_module%%': '() { echo "$@"; }',
      'a.b-c': 'x\ny',
      ODD: '\'"$`\\ ü',
    };
    const argv = [process.execPath, '-e', look, '--', 'a b', '\'"$(id) * `id`', '', 'ü\\n', '-x'];
    const file = (name: string): string => join(folder, name);
    const job = await startWitnessed(plan(argv), env, openSync(file('below'), 'w'));
    expect(await job!.ended).toMatchObject({ code: 37, signal: null, error: null, witnessed: true });
    const direct = openSync(file('alone'), 'w');
    const child = spawn(argv[0]!, argv.slice(1), {
      cwd: folder,
      env,
      detached: true,
      stdio: ['ignore', direct, direct],
    });
    await new Promise((resolve) => child.on('exit', resolve));
    const [below, alone] = ['below', 'alone'].map((name) =>
      readFileSync(file(name), 'utf8').replaceAll(name, 'output'),
    );
    expect(JSON.parse(below!)).toMatchObject({ heads: [true, true], terminal: '0' });
    expect(JSON.parse(below!)).toEqual(JSON.parse(alone!));
  },
);

test.runIf(here)('a status above 128 is a status, a signal is a signal, and no program is an error', async () => {
  const output = openSync(join(folder, 'output'), 'w');
  const end = async (...argv: string[]) => (await startWitnessed(plan(argv), process.env, output))!.ended;
  expect(await end('sh', '-c', 'exit 137')).toMatchObject({ code: 137, signal: null });
  expect(await end('sh', '-c', 'kill -9 $$')).toMatchObject({ code: null, signal: 'SIGKILL' });
  expect(await end('no-such-program-here')).toMatchObject({ code: null, signal: null, error: 'ENOENT' });
});

test.runIf(here)('where a variable would change what the witness does, there is none', async () => {
  const output = openSync(join(folder, 'output'), 'w');
  expect(await startWitnessed(plan(['true']), { ...process.env, PERL5OPT: '-w' }, output)).toBeNull();
});
