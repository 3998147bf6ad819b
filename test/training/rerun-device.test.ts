import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { notRun } from '../not-run.ts';
import { cohortCsv, vaultWith } from './cohort.ts';
import { noSoftwareVulkan, softwareVulkan } from './engines/software-vulkan.ts';

const cli = join(import.meta.dirname, '..', '..', 'main', 'cli.ts');
const env = softwareVulkan();

if (env === null) notRun('a rerun on another engine', noSoftwareVulkan);
else {
  test('a rerun on another engine names the device, from what both runs recorded themselves', {
    timeout: 150_000,
  }, async () => {
    const { dir, client } = await vaultWith(cohortCsv(150, 31), 'patient');
    await client.close();
    const wardbook = (...args: string[]): Record<string, unknown> => {
      const { stdout } = spawnSync(process.execPath, [cli, '--json', '--vault', dir, ...args], {
        encoding: 'utf8',
        env,
      });
      return JSON.parse(stdout) as Record<string, unknown>;
    };
    const first = wardbook(
      ...['train', 'mlp', '--dataset', 'cohort', '--target', 'outcome', '--engine', 'cpu'],
      ...['--set', 'epochs=3', '--set', 'hidden=8'],
    );
    expect(first).toMatchObject({ status: 'finished', engine: 'cpu' });
    const again = wardbook('rerun', String(first.id), '--engine', 'webgpu');
    const { rerun } = wardbook('show', String(again.id));
    expect(rerun).toMatchObject({ verdict: 'different', cause: 'device' });
    expect((rerun as { differences: unknown[] }).differences).toContainEqual({
      cause: 'device',
      what: 'engine',
      before: 'cpu',
      now: 'webgpu',
    });
  });
}
