import { createHmac, timingSafeEqual } from 'node:crypto';
import { AppError } from '../../shared/errors.ts';
import type { AuditEntry } from '../../shared/model/report.ts';
import { recordChange } from './change.ts';
import { macKey } from './keys.ts';
import { transaction } from './open.ts';
import type { ReadableVault, Vault } from './vault.ts';

type AuditRow = { sequence: number; at: number; action: string; detail: string; mac: Buffer };
/** What writes to the audit log: the folder that holds its key, and the database. */
export type WritingVault = Pick<Vault, 'dir' | 'db'>;
export type AuditVerdict = { valid: boolean; entries: number; firstBad: number | null };

const start = Buffer.alloc(32);

/**
 * Adds an entry to the audit chain and returns it (PRIVACY X15). `detail` holds counts, ids and codes, never values of records.
 * Safe among several writing processes: the number and the previous code are taken inside the transaction.
 * Throws KEY_UNAVAILABLE when the chain has entries and its key is gone.
 */
export function appendAudit(vault: WritingVault, action: string, detail: AuditEntry['detail']): AuditEntry {
  return transaction(vault.db, () => {
    const last = vault.db.prepare('SELECT sequence, mac FROM audit ORDER BY sequence DESC LIMIT 1').get() as
      | Pick<AuditRow, 'sequence' | 'mac'>
      | undefined;
    const key = macKey(vault.dir, 'audit', last === undefined);
    if (key === null) {
      throw new AppError(
        'KEY_UNAVAILABLE',
        'The key of the audit log (keys/site-mac.key) is gone from the vault.',
        'Restore it from a backup of the vault.',
      );
    }
    const row = { sequence: (last?.sequence ?? 0) + 1, at: Date.now(), action, detail: JSON.stringify(detail) };
    vault.db
      .prepare('INSERT INTO audit (sequence, at, action, detail, mac) VALUES (?, ?, ?, ?, ?)')
      .run(row.sequence, row.at, row.action, row.detail, macOf(key, last?.mac ?? start, row));
    recordChange(vault.db, 'audit', null);
    return { sequence: row.sequence, at: row.at, action, detail };
  });
}

/** The newest entries, newest first, before entry number `before`; and how many there are in all. */
export function listAudit(
  vault: ReadableVault,
  limit: number,
  before: number | null,
): { entries: AuditEntry[]; total: number } {
  const rows = vault.db
    .prepare('SELECT sequence, at, action, detail FROM audit WHERE sequence < ? ORDER BY sequence DESC LIMIT ?')
    .all(before ?? Number.MAX_SAFE_INTEGER, limit) as AuditRow[];
  const { total } = vault.db.prepare('SELECT count(*) AS total FROM audit').get() as { total: number };
  return {
    entries: rows.map((row) => ({
      sequence: row.sequence,
      at: row.at,
      action: row.action,
      detail: JSON.parse(row.detail) as AuditEntry['detail'],
    })),
    total,
  };
}

/** How many entries of one action name this run in their detail: the counted looks at a test part. */
export function countAudit(vault: ReadableVault, action: string, run: string): number {
  const row = vault.db
    .prepare(`SELECT count(*) AS n FROM audit WHERE action = ? AND json_extract(detail, '$.run') = ?`)
    .get(action, run) as { n: number };
  return row.n;
}

/**
 * Recomputes the chain from its first entry. `firstBad` is the number of the first entry that does not follow from the one
 * before it. A chain cut off at its end looks whole: the anchor is the head printed in each manifest that a recipient keeps.
 */
export function verifyAudit(vault: ReadableVault): AuditVerdict {
  const { entries } = vault.db.prepare('SELECT count(*) AS entries FROM audit').get() as { entries: number };
  const key = entries === 0 ? null : macKey(vault.dir, 'audit', false);
  if (entries === 0) return { valid: true, entries, firstBad: null };
  if (key === null) return { valid: false, entries, firstBad: 1 };
  let previous: Buffer = start;
  let expected = 1;
  for (const row of vault.db.prepare('SELECT * FROM audit ORDER BY sequence').iterate() as IterableIterator<AuditRow>) {
    const mac = macOf(key, previous, row);
    if (row.sequence !== expected || row.mac.length !== mac.length || !timingSafeEqual(row.mac, mac)) {
      return { valid: false, entries, firstBad: expected };
    }
    previous = mac;
    expected++;
  }
  return { valid: true, entries, firstBad: null };
}

/** Code of the last entry, 64 hex: what a manifest prints as the anchor of the chain. Null when the log is empty. */
export function auditHead(vault: ReadableVault): string | null {
  const row = vault.db.prepare('SELECT mac FROM audit ORDER BY sequence DESC LIMIT 1').get() as
    | { mac: Buffer }
    | undefined;
  return row === undefined ? null : row.mac.toString('hex');
}

function macOf(key: Buffer, previous: Buffer, row: Omit<AuditRow, 'mac'>): Buffer {
  return createHmac('sha256', key)
    .update(previous)
    .update(JSON.stringify([row.sequence, row.at, row.action, row.detail]))
    .digest();
}
