import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openTestVault, seededRandom, temporaryFolder } from '../store/vault-fixture.ts';
import { importMutated, partialRuns } from './mutations.ts';

test.each([
  ['anywhere', 50],
  ['payloads', 200],
] as const)(
  '600 event files, .wandb files and CSV logs mutated (%s): no crash, and no run or study in part',
  async (where, least) => {
    const folder = temporaryFolder();
    const vault = openTestVault(join(folder, 'vault'));
    try {
      const { imported, refused } = await importMutated(vault, folder, 600, seededRandom(7), where);
      expect(imported + refused).toBe(600);
      expect(imported).toBeGreaterThan(least);
      expect(partialRuns(vault)).toEqual({ orphans: 0, folders: [] });
      expect(vault.db.pragma('integrity_check', { simple: true })).toBe('ok');
    } finally {
      vault.close();
      rmSync(folder, { recursive: true, force: true });
    }
  },
  120_000,
);
