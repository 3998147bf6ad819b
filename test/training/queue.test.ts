import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { takeTurn } from '../../main/store/claims.ts';
import { createSupervisor, type Supervisor } from '../../main/training/supervisor.ts';
import { newRun } from '../store/new-run-fixture.ts';
import { cohortCsv, type TestVault, vaultWith, wish } from './cohort.ts';

let vault: TestVault;
beforeAll(async () => {
  vault = await vaultWith(cohortCsv(150, 81), 'patient');
});
afterAll(() => vault.client.close());

const queue = () => vault.client.call('training.queue', {});
const made = async (): Promise<string> => (await vault.client.call('internal.createRun', newRun({}))).id;
const end = (id: string) =>
  vault.client.call('internal.finishRun', { id, status: 'stopped', reason: null, result: null });
const cpu = (cores: number) => ({ cores, gpu: false, gpuMiB: null });

describe('a turn', () => {
  test('is given in the order of asking, as far as the cores go; nobody overtakes what he waits for', async () => {
    await vault.client.call('settings.set', { trainingCores: 4 });
    const [a, b, c, d] = [await made(), await made(), await made(), await made()];
    const ask = (id: string, cores: number) => takeTurn(vault.vault, id, cpu(cores), null);
    expect(ask(a!, 3)).toEqual({ granted: true, cores: 3 });
    expect(ask(b!, 9)).toMatchObject({ granted: false, place: 1 });
    // One core is free, but b waits for it.
    expect(ask(c!, 1)).toMatchObject({ granted: false, place: 2 });
    expect(await queue()).toMatchObject({
      running: [{ id: a, cores: 3 }],
      waiting: [
        { id: b, place: 1, why: 'needs 4 of 4 cores; 1 run before it needs 3' },
        { id: c, place: 2 },
      ],
      limits: { cores: 4 },
    });
    await end(a!);
    expect(ask(c!, 1)).toMatchObject({ granted: false });
    expect(ask(b!, 9)).toEqual({ granted: true, cores: 4 });
    await end(b!);
    expect([ask(c!, 1), ask(d!, 1)]).toEqual([
      { granted: true, cores: 1 },
      { granted: true, cores: 1 },
    ]);
    await Promise.all([end(c!), end(d!)]);
    expect(await queue()).toMatchObject({ running: [], waiting: [] });
  });

  test('on the GPU is shared by what can be foreseen, and alone by what cannot', async () => {
    await vault.client.call('settings.set', { trainingCores: 16 });
    const gpu = (gpuMiB: number | null) => ({ cores: 1, gpu: true, gpuMiB });
    const [a, b, c, d] = [await made(), await made(), await made(), await made()];
    // Nine tenths of 1000 MiB.
    expect(takeTurn(vault.vault, a!, gpu(500), 1000)).toMatchObject({ granted: true });
    expect(takeTurn(vault.vault, b!, gpu(401), 1000)).toMatchObject({ granted: false });
    // It needs no GPU.
    expect(takeTurn(vault.vault, c!, cpu(2), null)).toMatchObject({ granted: true });
    await end(b!);
    expect(takeTurn(vault.vault, d!, gpu(null), 1000)).toMatchObject({ why: 'needs the GPU for itself' });
    await end(a!);
    expect(takeTurn(vault.vault, d!, gpu(null), 1000)).toMatchObject({ granted: true });
    await Promise.all([end(c!), end(d!)]);
  });
});

test('two processes share one limit, and a killed one holds nothing', { timeout: 120_000 }, async () => {
  await vault.client.call('settings.set', { trainingCores: 1 });
  const cli = join(import.meta.dirname, '..', '..', 'main', 'cli.ts');
  const args = ['train', 'mlp', '--dataset', 'cohort', '--target', 'outcome', '--engine', 'cpu', '--features', 'age'];
  const endless = ['epochs=10000', 'patience=10000', 'batch_size=4'].flatMap((one) => ['--set', one]);
  const other = spawn(process.execPath, [cli, '--vault', vault.dir, ...args, ...endless], { stdio: 'ignore' });
  let supervisor: Supervisor | null = null;
  try {
    await expect.poll(async () => (await queue()).running.length, { timeout: 30_000 }).toBe(1);
    const [theirs] = (await queue()).running;
    supervisor = createSupervisor({ client: vault.client, vaultDir: vault.dir });
    const { id } = await supervisor.start(wish({}));
    await expect.poll(async () => (await queue()).waiting.map((one) => one.id), { timeout: 10_000 }).toEqual([id]);
    expect(supervisor.list()).toEqual([{ id, status: 'queued', pid: null }]);
    other.kill('SIGKILL');
    expect(await supervisor.wait(id)).toBe('finished');
    const killed = await vault.client.call('runs.show', { id: theirs!.id });
    expect(killed).toMatchObject({ status: 'crashed', resumable: { can: true } });
  } finally {
    other.kill('SIGKILL');
    await supervisor?.close();
  }
});
