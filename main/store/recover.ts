import { AppError } from '../../shared/errors.ts';
import { recordChange } from './change.ts';
import { transaction } from './open.ts';
import { statement } from './statement.ts';
import type { RecoveredRun, Vault } from './vault.ts';
import { isWriterAlive, markWriterEnded, removeLock } from './writer.ts';

type WriterRow = { id: number; uid: string; purpose: string };
type RunRow = { id: number; uid: string; status: 'queued' | 'running' };

/**
 * Marks what dead processes left `running` or `queued` as `crashed`, with the reason, closes their writer rows and lets their
 * journals be folded. Returns those runs, and those found when the vault was opened if nobody asked since. Cheap when nobody
 * died (one lock is tried per open writer): the app calls it every few seconds.
 */
export function recoverRuns(vault: Vault): RecoveredRun[] {
  const { db, dir } = vault;
  const open = statement(db, 'SELECT id, uid, purpose FROM writer WHERE ended IS NULL AND id <> ?').all(vault.writerId);
  const dead = (open as WriterRow[]).filter((writer) => !isWriterAlive(dir, writer.uid));
  const found = dead.flatMap((writer) => buryWriter(vault, writer));
  vault.metrics.adoptJournals();
  return [...vault.recovered.splice(0), ...found];
}

/** On a full disk nothing is marked, and the next call tries again. */
function buryWriter(vault: Vault, writer: WriterRow): RecoveredRun[] {
  try {
    const runs = transaction(vault.db, () =>
      markWriterEnded(vault.db, writer.id, 'found-dead') ? crashRunsOf(vault, writer) : [],
    );
    removeLock(vault.dir, writer.uid);
    return runs;
  } catch (error) {
    if (error instanceof AppError && (error.code === 'DISK_FULL' || error.code === 'BUSY')) return [];
    throw error;
  }
}

function crashRunsOf({ db }: Vault, writer: WriterRow): RecoveredRun[] {
  const runs = db
    .prepare(
      // A command goes on without its host, and another process sees to its end (main/commands).
      `SELECT id, uid, status FROM run WHERE writer_id = ? AND status IN ('queued', 'running')
        AND id NOT IN (SELECT run_id FROM command_job) ORDER BY id`,
    )
    .all(writer.id) as RunRow[];
  return runs.map((run) => {
    const reason = reasonOf(writer, run);
    // It ended when it was last heard of, not when somebody noticed.
    db.prepare(
      `UPDATE run SET status = 'crashed', reason = ?, progress = NULL, left_ms = NULL, rate = NULL,
        ended_at = min(?, max(coalesce(started_at, created_at), coalesce((SELECT max(time) FROM latest WHERE run_id = run.id), 0)))
      WHERE id = ?`,
    ).run(reason, Date.now(), run.id);
    db.prepare('DELETE FROM claim WHERE run_id = ?').run(run.id);
    recordChange(db, 'run', run.id);
    return { id: run.uid, reason };
  });
}

function reasonOf({ purpose }: WriterRow, { status }: RunRow): string {
  if (purpose === 'import') return 'The import that watched this run was closed or killed; its job may go on.';
  const doing = status === 'running' ? 'this run was training' : 'this run was waiting to start';
  return `${purpose === 'app' ? 'The app' : 'The command'} was closed or killed while ${doing}.`;
}
