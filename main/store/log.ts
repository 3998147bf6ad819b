import { appendFileSync, closeSync, existsSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { recordChange } from './change.ts';
import { makePrivateFolder } from './files.ts';
import { transaction } from './open.ts';
import { runKey } from './run-key.ts';
import { storeError } from './store-error.ts';
import type { ReadableVault, Vault } from './vault.ts';

export type LogPage = { lines: { n: number; text: string }[]; total: number };

export const runFolder = (dir: string, uid: string): string => join(dir, 'runs', uid);
const logFile = (dir: string, uid: string): string => join(runFolder(dir, uid), 'log.txt');

const blockBytes = 1 << 18;
/** A longer line is shown cut: nobody reads it on a screen, and a page of them must stay small. */
const longestLine = 10_000;

/** Adds text at the end of a run's log (0600), as it is. Throws RUN_NOT_FOUND or DISK_FULL. */
export function appendLog(vault: Pick<Vault, 'dir' | 'db'>, uid: string, text: string): void {
  const run = runKey(vault.db, uid);
  try {
    makePrivateFolder(runFolder(vault.dir, uid));
    appendFileSync(logFile(vault.dir, uid), text, { mode: 0o600 });
  } catch (error) {
    throw storeError(error, vault.dir);
  }
  transaction(vault.db, () => recordChange(vault.db, 'log', run));
}

/**
 * Lines of a run's log that hold `search` whatever the case (all for an empty one): `limit` of them from number `from` on, and
 * how many there are. `n` counts the lines of the whole log from 1. Reads the file in blocks. Throws RUN_NOT_FOUND.
 */
export function readLog({ dir, db }: ReadableVault, uid: string, search: string, from: number, limit: number): LogPage {
  runKey(db, uid);
  const wanted = search.toLowerCase();
  const lines: LogPage['lines'] = [];
  let total = 0;
  let n = 0;
  for (const line of linesOf(logFile(dir, uid))) {
    n++;
    const onPage = total >= from && lines.length < limit;
    if (wanted === '' && !onPage) {
      total++;
      continue;
    }
    const text = line.toString('utf8').replace(/\r$/, '');
    if (!text.toLowerCase().includes(wanted)) continue;
    total++;
    if (onPage) lines.push({ n, text: text.length > longestLine ? `${text.slice(0, longestLine)} …` : text });
  }
  return { lines, total };
}

/** The lines of a file without their ends; none when it does not exist. */
function* linesOf(file: string): Generator<Buffer> {
  if (!existsSync(file)) return;
  const handle = openSync(file, 'r');
  try {
    const block = Buffer.alloc(blockBytes);
    let pieces: Buffer[] = [];
    for (;;) {
      const bytes = readSync(handle, block, 0, blockBytes, null);
      if (bytes === 0) break;
      let start = 0;
      for (let end = block.indexOf(10); end >= 0 && end < bytes; end = block.indexOf(10, start)) {
        yield Buffer.concat([...pieces, block.subarray(start, end)]);
        pieces = [];
        start = end + 1;
      }
      if (start < bytes) pieces.push(Buffer.from(block.subarray(start, bytes)));
    }
    if (pieces.length > 0) yield Buffer.concat(pieces);
  } finally {
    closeSync(handle);
  }
}
