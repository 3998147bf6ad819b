import type { RunStatus } from '../../../shared/model/run.ts';
import { recordChange } from '../change.ts';
import { noteClientEnd } from '../commands.ts';
import type { WritableDb } from '../open.ts';
import { indexRun } from '../search.ts';
import { statement } from '../statement.ts';

export type RunUpdate = { status?: RunStatus; endedAt?: number; name?: string };

/**
 * What a client says of a run. A run that a process of ours started has its state from that process: of such a one only the
 * name changes, and a command's record keeps what was said. One that goes on after its end has none any more. Call inside a transaction; `run` is `run.id`.
 */
export function updateTrackedRun(db: WritableDb, run: number, { status, endedAt, name }: RunUpdate): void {
  if (status !== undefined || endedAt !== undefined) {
    const open = status === 'running' || status === 'queued';
    statement(
      db,
      `UPDATE run SET status = coalesce(@status, status), reason = iif(@status IS NULL, reason, NULL),
        ended_at = iif(@open, @ended, coalesce(@ended, ended_at, iif(@status IS NULL, NULL, @now)))
      WHERE id = @run AND writer_id IS NULL`,
    ).run({ status: status ?? null, ended: endedAt ?? null, open: open ? 1 : 0, now: Date.now(), run });
    noteClientEnd(db, run, status, endedAt);
  }
  if (name !== undefined) {
    statement(db, 'UPDATE run SET name = ? WHERE id = ?').run(name, run);
    indexRun(db, run);
  }
  recordChange(db, 'run', run);
}
