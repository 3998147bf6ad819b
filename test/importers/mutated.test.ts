import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openTestVault, seededRandom, temporaryFolder } from '../store/vault-fixture.ts';
import { importMutated, partialRuns } from './mutations.ts';

test('600 mutated event files, .wandb files and CSV logs: no crash, and no run or study in part', async () => {
  const folder = temporaryFolder();
  const vault = openTestVault(join(folder, 'vault'));
  try {
    const { imported, refused } = await importMutated(vault, folder, 600, seededRandom(7));
    expect(imported + refused).toBe(600);
    expect(imported).toBeGreaterThan(50);
    expect(partialRuns(vault)).toEqual({ orphans: 0, folders: [] });
    expect(vault.db.pragma('integrity_check', { simple: true })).toBe('ok');
  } finally {
    vault.close();
    rmSync(folder, { recursive: true, force: true });
  }
}, 120_000);
