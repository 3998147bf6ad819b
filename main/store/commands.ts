import type { ErrorCode } from '../../shared/errors.ts';
import type { CommandRecord } from '../../shared/model/command.ts';
import type { Artifact, RunStatus } from '../../shared/model/run.ts';
import { writeArtifacts } from './artifacts.ts';
import { addBadges } from './badges.ts';
import { recordChange } from './change.ts';
import { readDocument, writeDocuments } from './documents.ts';
import { type ReadableDb, transaction, type WritableDb } from './open.ts';
import { runKey } from './run-key.ts';
import { statement } from './statement.ts';

/** How a command ended; `endedAt` null: when it was last heard of. */
export type CommandEnd = {
  status: Extract<RunStatus, 'finished' | 'failed' | 'stopped' | 'crashed'>;
  reason: string | null;
  code: ErrorCode | null;
  endedAt: number | null;
  record: Partial<CommandRecord>;
};

/** The run of a command begins. The device is the machine's own: Wardbook chose no engine. Throws RUN_NOT_FOUND. */
export function startCommandRun(db: WritableDb, uid: string): void {
  transaction(db, () => {
    const run = runKey(db, uid);
    statement(
      db,
      "UPDATE run SET status = 'running', started_at = coalesce(started_at, ?) WHERE id = ? AND status = 'queued'",
    ).run(Date.now(), run);
    recordChange(db, 'run', run);
  });
}

/**
 * Keeps what the client of a running command says of its run, of which nothing shows before the command ends: the script may
 * go on, and fail. Does nothing for any other run. Call inside a transaction; `run` is `run.id`.
 */
export function noteClientEnd(db: WritableDb, run: number, status?: RunStatus, endedAt?: number): void {
  if (statement(db, 'SELECT 1 FROM command_job WHERE run_id = ?').get(run) === undefined) return;
  const before = readDocument<CommandRecord>(db, run, 'command')?.clientEnd;
  const said = status === 'crashed' ? 'failed' : status;
  changeRecord(db, run, {
    clientEnd: { status: said ?? before?.status ?? null, endedAt: endedAt ?? before?.endedAt ?? null },
  });
}

/**
 * Ends the run of a command. What its client said before counts only where the command itself ended well: a run that it marked
 * as failed or stopped is so. Repeating it changes nothing. Throws RUN_NOT_FOUND.
 */
export function endCommandRun(db: WritableDb, uid: string, end: CommandEnd): void {
  transaction(db, () => {
    const run = runKey(db, uid);
    const client = readDocument<CommandRecord>(db, run, 'command')?.clientEnd?.status;
    const said = end.status === 'finished' && (client === 'failed' || client === 'stopped') ? client : null;
    statement(
      db,
      `UPDATE run SET status = ?, reason = ?, error_code = ?, progress = NULL, left_ms = NULL, rate = NULL,
        ended_at = coalesce(?, min(?, max(coalesce(started_at, created_at),
          coalesce((SELECT max(time) FROM latest WHERE run_id = run.id), 0))))
      WHERE id = ?`,
    ).run(
      said ?? end.status,
      said !== null ? `The command ended well; its script had marked the run as ${said}.` : end.reason,
      said !== null ? null : end.code,
      end.endedAt,
      Date.now(),
      run,
    );
    changeRecord(db, run, { ...end.record });
    statement(db, 'DELETE FROM command_job WHERE run_id = ?').run(run);
    recordChange(db, 'run', run);
  });
}

/** Keeps what was found out about a command while it runs. Throws RUN_NOT_FOUND. */
export function noteCommand(
  db: WritableDb,
  uid: string,
  found: {
    record?: Partial<CommandRecord>;
    documents?: Record<string, unknown>;
    artifacts?: Artifact[];
    seed?: number | null;
    dirty?: boolean;
  },
): void {
  transaction(db, () => {
    const run = runKey(db, uid);
    if (found.record !== undefined) changeRecord(db, run, found.record);
    writeDocuments(db, run, found.documents ?? {});
    writeArtifacts(db, run, found.artifacts ?? []);
    if (found.seed != null) statement(db, 'UPDATE run SET seed = ? WHERE id = ?').run(found.seed, run);
    if (found.dirty) addBadges(db, run, ['dirty-code']);
    recordChange(db, 'run', run);
  });
}

function changeRecord(db: WritableDb, run: number, changed: Partial<CommandRecord>): void {
  const before = readDocument<CommandRecord>(db, run, 'command');
  if (before !== null) writeDocuments(db, run, { command: { ...before, ...changed } });
}

/** Of a run: its experiment, as clients of the MLflow protocol name it, and when it began. Throws RUN_NOT_FOUND. */
export function commandPlace(db: ReadableDb, uid: string): { experiment: string; startedAt: number | null } {
  const row = statement(db, 'SELECT study_id, started_at FROM run WHERE id = ?').get(runKey(db, uid)) as {
    study_id: number;
    started_at: number | null;
  };
  return { experiment: String(row.study_id), startedAt: row.started_at };
}

export const readCommand = (db: ReadableDb, uid: string): CommandRecord | null =>
  readDocument<CommandRecord>(db, runKey(db, uid), 'command');

/** From now on a dead host does not end the run: its job lives on its own. Call once the run is made. */
export function addCommandJob(db: WritableDb, uid: string): void {
  transaction(db, () => {
    const run = runKey(db, uid);
    statement(
      db,
      'INSERT OR IGNORE INTO command_job (run_id, writer_id) SELECT id, writer_id FROM run WHERE id = ?',
    ).run(run);
  });
}

/** Commands whose host is gone, so that their end has to be seen to by another. */
export function orphanedCommands(db: ReadableDb): string[] {
  return statement(
    db,
    `SELECT r.uid FROM command_job j JOIN run r ON r.id = j.run_id JOIN writer w ON w.id = j.writer_id
    WHERE w.ended IS NOT NULL ORDER BY r.id`,
  )
    .pluck()
    .all() as string[];
}

/** Makes this process the host of an orphaned command; false when another one was faster, or it has ended. */
export function adoptCommand(db: WritableDb, writerId: number, uid: string): boolean {
  return transaction(db, () => {
    const { changes } = statement(
      db,
      `UPDATE command_job SET writer_id = ?
      WHERE run_id = (SELECT id FROM run WHERE uid = ?) AND writer_id IN (SELECT id FROM writer WHERE ended IS NOT NULL)`,
    ).run(writerId, uid);
    if (changes === 1) statement(db, 'UPDATE run SET writer_id = ? WHERE uid = ?').run(writerId, uid);
    return changes === 1;
  });
}

/** Says that a run's log file has grown: its launcher writes it, and has no database. */
export function noteLogGrowth(db: WritableDb, uid: string): void {
  transaction(db, () => recordChange(db, 'log', runKey(db, uid)));
}

/** Whether a command has not come to its end in the record, whatever its client says of the run. */
export function isCommandHosted(db: ReadableDb, uid: string): boolean {
  const found = statement(db, 'SELECT 1 FROM command_job WHERE run_id = (SELECT id FROM run WHERE uid = ?)').get(uid);
  return found !== undefined;
}

/** Files a run under another study, by `study.id`. Call inside a transaction. */
export function moveToStudy(db: WritableDb, uid: string, study: number): void {
  const { changes } = statement(db, 'UPDATE run SET study_id = ? WHERE uid = ? AND study_id <> ?').run(
    study,
    uid,
    study,
  );
  if (changes === 0) return;
  recordChange(db, 'run', runKey(db, uid));
  recordChange(db, 'study', null);
}
