import { AppError } from '../../shared/errors.ts';
import type { RunSummary } from '../../shared/model/run.ts';
import { newId } from '../platform/ids.ts';
import { writeArtifacts } from './artifacts.ts';
import { addBadges } from './badges.ts';
import { recordChange } from './change.ts';
import { writeDocuments } from './documents.ts';
import { writeEstimates } from './estimates.ts';
import type { NewRun, RunEnd, RunStart } from './new-run.ts';
import { type ReadableDb, transaction, type WritableDb } from './open.ts';
import { writeParams } from './params.ts';
import { writePredictions } from './predictions.ts';
import { runKey } from './run-key.ts';
import { indexRun } from './search.ts';
import { statement } from './statement.ts';
import { ensureStudy } from './studies.ts';
import { writeTags } from './tags.ts';

/**
 * A new queued run, which belongs to this writer until it ends: when the writer dies, `recoverRuns` marks it crashed.
 * Throws DATASET_NOT_FOUND, RUN_NOT_FOUND (its parent) or NAME_INVALID (its study).
 */
export function createRun(db: WritableDb, writerId: number, input: NewRun): { id: string } {
  const uid = newId();
  transaction(db, () => {
    const run = Number(
      statement(
        db,
        `INSERT INTO run (uid, study_id, name, status, recipe, task, seed, target, dataset_version_id, parent_id, writer_id,
          created_at, badges, fingerprint) VALUES (?, ?, ?, 'queued', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      ).run(
        uid,
        ensureStudy(db, input.study),
        input.name.trim() === '' ? `run-${uid.slice(0, 8)}` : input.name.trim(),
        input.recipe,
        input.task,
        input.seed,
        input.target,
        input.dataset === null ? null : datasetVersionKey(db, input.dataset),
        input.parent === null ? null : runKey(db, input.parent),
        writerId,
        Date.now(),
        JSON.stringify(input.badges),
        input.fingerprint,
      ).lastInsertRowid,
    );
    writeParams(db, run, input.params);
    writeTags(db, run, input.tags);
    writeDocuments(db, run, input.documents);
    indexRun(db, run);
    recordChange(db, 'run', run);
  });
  return { id: uid };
}

/** A queued run begins, in this process; one that was resumed began when it first did. Throws RUN_NOT_FOUND, or RUN_NOT_RUNNING when it began or ended before. */
export function startRun(db: WritableDb, writerId: number, uid: string, start: RunStart): void {
  transaction(db, () => {
    const run = runKey(db, uid);
    const { changes } = statement(
      db,
      `UPDATE run SET status = 'running', engine = ?, engine_reason = ?, device = ?,
        started_at = coalesce(started_at, ?), writer_id = ?
      WHERE id = ? AND status = 'queued'`,
    ).run(start.engine, start.engineReason, start.device, Date.now(), writerId, run);
    if (changes !== 1) throw notRunning(uid, 'it does not wait to start any more');
    writeDocuments(db, run, start.documents);
    recordChange(db, 'run', run);
  });
}

/** How far a running run is; nothing happens when it has ended meanwhile. `done` from 0 to 1, what is unknown is null. */
export function setProgress(
  db: WritableDb,
  uid: string,
  { done, leftMs, rate }: NonNullable<RunSummary['progress']>,
): void {
  transaction(db, () => {
    const run = runKey(db, uid);
    const { changes } = statement(
      db,
      `UPDATE run SET progress = ?, left_ms = ?, rate = ?, rate_unit = ? WHERE id = ? AND status = 'running'`,
    ).run(
      Math.min(1, Math.max(0, done)),
      leftMs === null ? null : Math.round(leftMs),
      rate?.value ?? null,
      rate?.unit ?? null,
      run,
    );
    if (changes === 1) recordChange(db, 'run', run);
  });
}

/** A queued or running run ends; all that it leaves is stored with its end or not at all. Throws RUN_NOT_RUNNING. */
export function finishRun(db: WritableDb, uid: string, { status, reason, code, result }: RunEnd): void {
  transaction(db, () => {
    const run = runKey(db, uid);
    const { changes } = statement(
      db,
      `UPDATE run SET status = ?, reason = ?, error_code = ?, ended_at = ?, progress = NULL, left_ms = NULL, rate = NULL
      WHERE id = ? AND status IN ('queued', 'running')`,
    ).run(status, reason, code ?? null, Date.now(), run);
    if (changes !== 1) throw notRunning(uid, 'it has ended');
    statement(db, 'DELETE FROM claim WHERE run_id = ?').run(run);
    if (result !== null) {
      writeEstimates(db, run, result.estimates);
      writePredictions(db, run, result.predictions);
      writeDocuments(db, run, result.documents);
      writeArtifacts(db, run, result.artifacts);
      addBadges(db, run, result.badges);
    }
    recordChange(db, 'run', run);
  });
}

/** Throws RUN_NOT_FOUND or NAME_INVALID. */
export function renameRun(db: WritableDb, uid: string, to: string): void {
  const name = to.trim();
  if (name === '') throw new AppError('NAME_INVALID', 'The name of a run cannot be empty.', 'Type a name.');
  changeText(db, uid, 'UPDATE run SET name = ? WHERE id = ?', name);
}

/** Replaces the note; an empty text takes it away. Throws RUN_NOT_FOUND. */
export function noteRun(db: WritableDb, uid: string, note: string): void {
  changeText(db, uid, 'UPDATE run SET note = ? WHERE id = ?', note);
}

function changeText(db: WritableDb, uid: string, update: string, text: string): void {
  transaction(db, () => {
    const run = runKey(db, uid);
    const { changes } = statement(db, update).run(text, run);
    if (changes !== 1) throw new Error(`${changes} runs changed instead of one`);
    indexRun(db, run);
    recordChange(db, 'run', run);
  });
}

function datasetVersionKey(db: ReadableDb, { name, version }: { name: string; version: number }): number {
  const row = statement(
    db,
    'SELECT v.id FROM dataset_version v JOIN dataset d ON d.id = v.dataset_id WHERE d.name = ? AND v.version = ?',
  ).get(name, version) as { id: number } | undefined;
  if (row !== undefined) return row.id;
  throw new AppError(
    'DATASET_NOT_FOUND',
    `There is no dataset ${name}@v${version} in this vault.`,
    'List them: wardbook dataset list',
  );
}

const notRunning = (uid: string, why: string) =>
  new AppError(
    'RUN_NOT_RUNNING',
    `The run ${uid} cannot go on: ${why}.`,
    'Look at its status and reason: wardbook show',
  );
