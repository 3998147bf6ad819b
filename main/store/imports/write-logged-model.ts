import { join } from 'node:path';
import { AppError } from '../../../shared/errors.ts';
import { recordChange } from '../change.ts';
import { type ReadableDb, transaction, type WritableDb } from '../open.ts';
import { refuseWhenModelRegistered } from '../registry/files.ts';
import { statement } from '../statement.ts';
import { ensureStudy } from '../studies.ts';
import { addModelParams, addModelPoints, setModelTags } from '../tracking/logged-models.ts';
import type { Vault } from '../vault.ts';
import { findSource } from './find-source.ts';
import type { ImportedLoggedModel } from './imported-model.ts';
import { type StagedFiles, stageFiles } from './stage-files.ts';

/** Where a logged model stands: its stamp when it was imported, null when a client logged it here; undefined when it is not here. */
export function stampOfLoggedModel(db: ReadableDb, uid: string): string | null | undefined {
  return statement(db, 'SELECT import_stamp FROM logged_model WHERE uid = ?').pluck().get(uid) as
    | string
    | null
    | undefined;
}

/**
 * Writes a logged model of a source in one transaction, where the tracking server keeps those of its clients, after the runs that
 * it names. One that was imported before gets what is new. Points and uses of runs that are not here are left out; their number is
 * returned. Throws INPUT_INVALID, DISK_FULL, BUSY or MODEL_NEEDED.
 */
export function writeLoggedModel(vault: Vault, format: string, stamp: string, model: ImportedLoggedModel): number {
  const staged = stageFiles(vault, model.files, '');
  try {
    return transaction(vault.db, () => write(vault, format, stamp, model, staged));
  } finally {
    staged.drop();
  }
}

function write(vault: Vault, format: string, stamp: string, model: ImportedLoggedModel, staged: StagedFiles): number {
  const { db } = vault;
  const run = model.run === null ? null : (findSource(db, format, model.run)?.pk ?? null);
  const pk = ensureRow(db, run, stamp, model);
  const params = Object.entries(model.params).map(([key, value]) => ({ key, value }));
  const changed = addModelParams(db, pk, params);
  if (changed !== null) {
    throw new AppError('INPUT_INVALID', `Its param ${changed} has another value than when it was imported.`);
  }
  setModelTags(
    db,
    pk,
    Object.entries(model.tags).map(([key, value]) => ({ key, value })),
  );
  writeFiles(db, pk, model.uid, staged);
  const lost = addPoints(db, format, model) + addUses(db, pk, format, model);
  statement(db, 'UPDATE logged_model SET deleted_at = ? WHERE id = ? AND deleted_at IS NULL').run(
    model.deleted ? model.changedAt : null,
    pk,
  );
  staged.moveTo(join(vault.dir, 'logged-models', model.uid));
  recordChange(db, 'run', run);
  return lost;
}

function ensureRow(db: WritableDb, run: number | null, stamp: string, model: ImportedLoggedModel): number {
  const study =
    run === null
      ? ensureStudy(db, model.study)
      : (statement(db, 'SELECT study_id FROM run WHERE id = ?').pluck().get(run) as number);
  return statement(
    db,
    `INSERT INTO logged_model (uid, study_id, run_id, name, type, status, status_message, created_at, changed_at, import_stamp)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (uid) DO UPDATE SET status = excluded.status, status_message = excluded.status_message,
      changed_at = excluded.changed_at, import_stamp = excluded.import_stamp RETURNING id`,
  )
    .pluck()
    .get(
      model.uid,
      study,
      run,
      model.name,
      model.type,
      model.status,
      model.statusMessage,
      model.createdAt,
      model.changedAt,
      stamp,
    ) as number;
}

function writeFiles(db: WritableDb, pk: number, uid: string, { artifacts }: StagedFiles): void {
  const known = statement(db, 'SELECT sha256 FROM logged_model_file WHERE model_id = ? AND path = ?').pluck();
  const insert = statement(
    db,
    'INSERT OR REPLACE INTO logged_model_file (model_id, path, bytes, sha256) VALUES (?, ?, ?, ?)',
  );
  for (const { path, bytes, sha256 } of artifacts) {
    const before = known.get(pk, path) as string | undefined;
    if (before !== undefined && before !== sha256) refuseWhenModelRegistered(db, uid, path);
    insert.run(pk, path, bytes, sha256);
  }
}

function addPoints(db: WritableDb, format: string, { uid, metrics }: ImportedLoggedModel): number {
  let lost = 0;
  for (const { run, ...point } of metrics) {
    const pk = findSource(db, format, run)?.pk;
    if (pk === undefined) lost += 1;
    else addModelPoints(db, pk, [{ ...point, model: uid }]);
  }
  return lost;
}

function addUses(db: WritableDb, pk: number, format: string, { uses }: ImportedLoggedModel): number {
  const insert = statement(db, 'INSERT OR IGNORE INTO run_model (run_id, model_id, role, step) VALUES (?, ?, ?, ?)');
  let lost = 0;
  for (const { run, role, step } of uses) {
    const user = findSource(db, format, run)?.pk;
    if (user === undefined) lost += 1;
    else insert.run(user, pk, role, step);
    if (user !== undefined) recordChange(db, 'run', user);
  }
  return lost;
}
