import { AppError } from '../../shared/errors.ts';
import type { EngineId, Environment, RerunVerdict, ResumeEntry, RunStatus } from '../../shared/model/run.ts';
import type { TrainWish } from '../../shared/model/train-spec.ts';
import { addBadges } from './badges.ts';
import { recordChange } from './change.ts';
import { newestCheckpoint } from './checkpoint-files.ts';
import { readDocument, writeDocuments } from './documents.ts';
import { earlierRuns } from './earlier-runs.ts';
import { type ReadableDb, transaction, type WritableDb } from './open.ts';
import { whyNotResumable } from './resumable.ts';
import { runKey } from './run-key.ts';
import { statement } from './statement.ts';
import type { Vault } from './vault.ts';

/** What the record says of a run that is to go on, or to be run again. */
export type RunRecord = {
  status: RunStatus;
  reason: string | null;
  engine: EngineId | null;
  startedAt: number | null;
  spec: TrainWish | null;
  /** Not known of runs before version 3 of the vault. */
  recipeVersion: string | null;
  /** The run from whose record it was made. */
  rerunOf: string | null;
  /** Finished runs that differ in the seed only. */
  replicates: { id: string; seed: number }[];
};

type Row = {
  status: RunStatus;
  reason: string | null;
  error_code: string | null;
  recipe: string | null;
  engine: EngineId | null;
  started_at: number | null;
  binned_at: number | null;
};

const readRow = (db: ReadableDb, run: number): Row =>
  statement(db, 'SELECT status, reason, error_code, recipe, engine, started_at, binned_at FROM run WHERE id = ?').get(
    run,
  ) as Row;

/** Whether `resumeRun` would take it, and if not why. */
export function resumability(db: ReadableDb, run: number): { can: boolean; why: string | null } {
  const row = readRow(db, run);
  const why = whyNotResumable({
    status: row.status,
    errorCode: row.error_code,
    recipe: row.recipe,
    binned: row.binned_at !== null,
    hasSpec: readDocument(db, run, 'spec') !== null,
    isEvaluation: readDocument(db, run, 'evaluation-of') !== null,
  });
  return { can: why === null, why };
}

/** What a run asked for and how it stands. Throws RUN_NOT_FOUND. */
export function readRecord(db: ReadableDb, uid: string): RunRecord {
  const run = runKey(db, uid);
  const { status, reason, engine, started_at } = readRow(db, run);
  const { fingerprint, seed } = statement(db, 'SELECT fingerprint, seed FROM run WHERE id = ?').get(run) as {
    fingerprint: string | null;
    seed: number | null;
  };
  return {
    status,
    reason,
    engine,
    startedAt: started_at,
    spec: readDocument<TrainWish>(db, run, 'spec'),
    recipeVersion: readDocument<{ version: string }>(db, run, 'recipe')?.version ?? null,
    rerunOf: readDocument<string>(db, run, 'rerun-of'),
    replicates: fingerprint === null || seed === null ? [] : earlierRuns(db, fingerprint, seed).replicates,
  };
}

/**
 * Queues a run that was interrupted anew, as this process's own, and notes the resumption in its record. `now` is what it would
 * be computed with; where that differs from before, the run gets a badge. Throws RUN_NOT_FOUND or RUN_NOT_RESUMABLE.
 */
export function resumeRun(vault: Vault, uid: string, now: Environment): { startedAt: number | null } {
  const { db, dir, writerId } = vault;
  return transaction(db, () => {
    const run = runKey(db, uid);
    const { why } = resumability(db, run);
    if (why !== null) throw new AppError('RUN_NOT_RESUMABLE', `The run ${uid} cannot go on. ${why}`);
    const row = readRow(db, run);
    const before = readDocument<Environment>(db, run, 'environment');
    const entry: ResumeEntry = {
      at: Date.now(),
      from: newestCheckpoint(dir, uid),
      status: row.status,
      reason: row.reason,
      changed: before === null ? [] : changedSince(before, now),
    };
    const resumes = [...(readDocument<ResumeEntry[]>(db, run, 'resumes') ?? []), entry];
    statement(
      db,
      `UPDATE run SET status = 'queued', reason = NULL, error_code = NULL, ended_at = NULL, progress = NULL, left_ms = NULL,
        rate = NULL, writer_id = ? WHERE id = ?`,
    ).run(writerId, run);
    writeDocuments(db, run, { resumes });
    if (entry.changed.length > 0) addBadges(db, run, ['code-changed']);
    recordChange(db, 'run', run);
    return { startedAt: row.started_at };
  });
}

/** Keeps the verdict on a rerun. Throws RUN_NOT_FOUND. */
export function recordVerdict(db: WritableDb, uid: string, verdict: RerunVerdict): void {
  transaction(db, () => {
    const run = runKey(db, uid);
    writeDocuments(db, run, { rerun: verdict });
    recordChange(db, 'run', run);
  });
}

/** Packages that only another engine brings do not count. */
function changedSince(before: Environment, now: Environment): ResumeEntry['changed'] {
  const code = before.commit !== now.commit || before.appVersion !== now.appVersion || before.dirty !== now.dirty;
  const packages =
    before.node !== now.node ||
    Object.entries(before.packages).some(([name, version]) => (now.packages[name] ?? version) !== version);
  return [...(code ? (['code'] as const) : []), ...(packages ? (['packages'] as const) : [])];
}
