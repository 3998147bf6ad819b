import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { closeNetwork } from '../../main/commands/network/close-network.ts';
import { offlineVariables } from '../../main/commands/network/offline-variables.ts';
import type { RunDetail } from '../../shared/model/run.ts';
import { notRun } from '../not-run.ts';
import { CommandVault } from './job.ts';

const offered = await closeNetwork();
if (!offered.off) notRun('the network of a command', offered.how);

let vault: CommandVault;
beforeAll(() => {
  vault = new CommandVault();
});
afterAll(() => vault.close());

/** Tries to leave the machine by an address that belongs to nobody (RFC 5737), and calls the tracking server. */
const tries = `
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
const outside = await new Promise((resolve) => {
  const socket = connect({ host: '192.0.2.1', port: 80, timeout: 300 });
  socket.on('error', (error) => resolve(error.code));
  socket.on('timeout', () => { socket.destroy(); resolve('no answer'); });
  socket.on('connect', () => resolve('connected'));
});
console.log('outside ' + outside);
console.log('links ' + Object.keys(networkInterfaces()).join(' '));
console.log('tracker ' + (await metric('loss', 0, 1)).status);
console.log('telemetry ' + process.env.MLFLOW_DISABLE_TELEMETRY + ' ' + process.env.WANDB_MODE + ' ' + process.env.HF_HUB_OFFLINE);
`;

test.runIf(offered.off)(
  'a command reaches the tracking server and nothing else, and its attempts are counted',
  async () => {
    const run = await vault.run(vault.script(tries));
    expect(vault.log(run.id)).toBe('outside ENETUNREACH\nlinks lo\ntracker 200\ntelemetry true offline 1\n');
    const { command } = await vault.json<RunDetail>('show', run.id);
    expect(command?.network).toMatchObject({ off: true, how: offered.how, reason: null });
    expect(command?.network.refused).toBeGreaterThanOrEqual(1);
  },
);

test('the network is allowed with a reason only, which the audit log keeps; telemetry stays off', async () => {
  const refused = await vault.start(['run', '--allow-network', '--', process.execPath, '-e', '0']).ended;
  expect(refused.status).toBe(1);
  expect(refused.stderr).toContain('--allow-network needs --reason TEXT');
  const reason = 'weights from the group’s own mirror';
  const file = vault.script("console.log(process.env.WANDB_MODE + ' ' + process.env.HF_HUB_OFFLINE);");
  const allowed = await vault.start([
    'run',
    '--json',
    '--allow-network',
    '--reason',
    reason,
    '--',
    process.execPath,
    file,
  ]).ended;
  const { id } = JSON.parse(allowed.stdout) as { id: string };
  expect(vault.log(id)).toBe('offline undefined\n');
  const { command } = await vault.json<RunDetail>('show', id);
  expect(command?.network).toMatchObject({ off: false, reason });
  const { entries } = await vault.json<{ entries: { action: string; detail: Record<string, unknown> }[] }>(
    'audit',
    'log',
  );
  expect(entries.find(({ action }) => action === 'command.network-allowed')?.detail).toEqual({ run: id, reason });
});

test('each variable that keeps a tracker quiet is in the docs, with the version whose source reads it', () => {
  const docs = readFileSync(join(import.meta.dirname, '../../docs/commands.md'), 'utf8');
  const rows = docs.split('\n').filter((line) => line.startsWith('| `'));
  const named = rows.flatMap((row) => [...row.split(' | ')[0]!.matchAll(/`([A-Z_]+)`/g)].map(([, name]) => name));
  expect(named.sort()).toEqual(Object.keys(offlineVariables(false, {})).sort());
});

test('a run goes to the experiment that its script names before it asks for the run, as the client of MLflow expects', async () => {
  const file = vault.script(`
const created = await call('experiments/create', { name: 'Named' });
const { value } = await call('runs/get?run_id=' + run);
console.log(value.run.info.experiment_id === created.value.experiment_id);
`);
  const { id } = await vault.run(file);
  expect(vault.log(id)).toBe('true\n');
  expect(await vault.json('show', id)).toMatchObject({ study: 'Named' });
});
