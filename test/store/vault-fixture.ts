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
