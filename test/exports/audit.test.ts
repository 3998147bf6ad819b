import { execFile } from 'node:child_process';
import { rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { appendAudit, auditHead, countAudit, listAudit, verifyAudit } from '../../main/store/audit.ts';
import { withBareVault } from './scratch.ts';

const execute = promisify(execFile);

test('X15: entries are numbered from 1, listed newest first and the chain verifies', async () => {
  await withBareVault((vault) => {
    expect(verifyAudit(vault)).toEqual({ valid: true, entries: 0, firstBad: null });
    for (const n of [1, 2, 3]) appendAudit(vault, 'runs.look', { run: `run-${n % 2}`, n });
    expect(listAudit(vault, 2, null).entries.map((entry) => entry.sequence)).toEqual([3, 2]);
    expect(listAudit(vault, 10, 2)).toMatchObject({
      total: 3,
      entries: [{ sequence: 1, detail: { run: 'run-1', n: 1 } }],
    });
    expect(countAudit(vault, 'runs.look', 'run-1')).toBe(2);
    expect(verifyAudit(vault)).toEqual({ valid: true, entries: 3, firstBad: null });
    expect(auditHead(vault)).toMatch(/^[0-9a-f]{64}$/);
    expect(statSync(join(vault.dir, 'keys', 'site-mac.key')).mode & 0o777).toBe(0o600);
  });
});

test('X15: the table refuses UPDATE and DELETE', async () => {
  await withBareVault((vault) => {
    appendAudit(vault, 'test', {});
    expect(() => vault.db.exec(`UPDATE audit SET action = 'other'`)).toThrow('append-only');
    expect(() => vault.db.exec('DELETE FROM audit')).toThrow('append-only');
  });
});

test.each([
  ['an edited entry', `UPDATE audit SET detail = '{"n":9}' WHERE sequence = 2`, 2],
  ['a later time', 'UPDATE audit SET at = at + 1 WHERE sequence = 2', 2],
  ['a removed entry', 'DELETE FROM audit WHERE sequence = 2', 2],
  ['a renumbered entry', 'UPDATE audit SET sequence = 9 WHERE sequence = 3', 3],
  ['a cut code', `UPDATE audit SET mac = x'00' WHERE sequence = 1`, 1],
])('X15: %s behind the triggers is found, and where', async (_what, sql, firstBad) => {
  await withBareVault((vault) => {
    for (const n of [1, 2, 3]) appendAudit(vault, 'test', { n });
    vault.db.exec(`DROP TRIGGER audit_no_update; DROP TRIGGER audit_no_delete; ${sql}`);
    expect(verifyAudit(vault)).toMatchObject({ valid: false, firstBad });
  });
});

test('X15: without its key the chain neither verifies nor grows', async () => {
  await withBareVault((vault) => {
    appendAudit(vault, 'test', {});
    rmSync(join(vault.dir, 'keys', 'site-mac.key'));
    expect(verifyAudit(vault)).toEqual({ valid: false, entries: 1, firstBad: 1 });
    expect(() => appendAudit(vault, 'test', {})).toThrow(expect.objectContaining({ code: 'KEY_UNAVAILABLE' }));
  });
});

test('X15: four processes that write at once make one unbroken chain', async () => {
  await withBareVault(async (vault) => {
    const child = new URL('./append-audit-child.ts', import.meta.url).pathname;
    await Promise.all([1, 2, 3, 4].map(() => execute(process.execPath, [child, vault.dir, '25'])));
    expect(verifyAudit(vault)).toEqual({ valid: true, entries: 100, firstBad: null });
  });
});
