import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newId } from '../../main/platform/ids.ts';
import { openVault } from '../../main/store/open-vault.ts';
import type { Vault } from '../../main/store/vault.ts';
import type { MetricPoint } from '../../shared/model/series.ts';

export const temporaryFolder = (): string => mkdtempSync(join(tmpdir(), 'wardbook-test-'));

export const openTestVault = (dir: string): Vault => openVault(dir, { purpose: 'test' });

/** A run that owns series, and nothing more; `writerId` is the process that is training it. */
export function makeRun(vault: Vault, status = 'running', writerId: number | null = null): string {
  const uid = newId();
  vault.db
    .prepare('INSERT INTO study (uid, name, created_at) VALUES (?, ?, 0) ON CONFLICT DO NOTHING')
    .run(newId(), 'Test');
  vault.db
    .prepare(
      `INSERT INTO run (uid, study_id, name, status, writer_id, created_at)
      VALUES (?, (SELECT id FROM study WHERE name = 'Test'), 'run', ?, ?, 1)`,
    )
    .run(uid, status, writerId);
  return uid;
}

export const point = (key: string, step: number, value: number, time = 1_000 + step): MetricPoint => ({
  key,
  step,
  value,
  time,
});

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
