import { type ReadableDb, transaction, type WritableDb } from '../open.ts';
import { statement } from '../statement.ts';
import { touch, type VersionKey } from './keys.ts';
import { hasModel, runsOf } from './models.ts';

/** Takes a version out of the registry; its moves and its number stay. Call inside a transaction. */
export function deleteVersion(db: WritableDb, version: VersionKey): void {
  statement(db, 'UPDATE model_version SET deleted_at = ? WHERE id = ?').run(Date.now(), version.id);
  statement(db, 'DELETE FROM model_alias WHERE version_id = ?').run(version.id);
  touch(db, version.model, version.run);
}

/** Takes a model with its versions out of the registry: its name is free again. Call inside a transaction. */
export function deleteModel(db: WritableDb, model: number): void {
  const at = Date.now();
  const runs = runsOf(db, model);
  statement(db, 'UPDATE model_version SET deleted_at = ? WHERE model_id = ? AND deleted_at IS NULL').run(at, model);
  statement(db, 'DELETE FROM model_alias WHERE model_id = ?').run(model);
  statement(db, 'UPDATE registered_model SET deleted_at = ? WHERE id = ?').run(at, model);
  touch(db, model, null);
  for (const run of runs) touch(db, model, run);
}

/**
 * Brings back what was deleted last under this name: the version, or the model with the versions that went with it. Returns
 * false when there is nothing to bring back, or the name is taken again. Aliases are not brought back.
 */
export function restoreDeleted(db: WritableDb, name: string, version: number | null): boolean {
  return transaction(db, () => {
    const row = version === null ? deletedModel(db, name) : deletedVersion(db, name, version);
    if (row === undefined) return false;
    if (version === null) {
      statement(db, 'UPDATE registered_model SET deleted_at = NULL WHERE id = ?').run(row.model);
      statement(db, 'UPDATE model_version SET deleted_at = NULL WHERE model_id = ? AND deleted_at = ?').run(
        row.model,
        row.deletedAt,
      );
      for (const run of runsOf(db, row.model)) touch(db, row.model, run);
    } else {
      statement(db, 'UPDATE model_version SET deleted_at = NULL WHERE id = ?').run(row.id);
      touch(db, row.model, row.run);
    }
    touch(db, row.model, null);
    return true;
  });
}

type Deleted = { id: number; model: number; run: number | null; deletedAt: number };

function deletedModel(db: ReadableDb, name: string): Deleted | undefined {
  if (hasModel(db, name)) return undefined;
  return statement(
    db,
    `SELECT id, id AS model, NULL AS run, deleted_at AS deletedAt FROM registered_model
    WHERE name = ? AND deleted_at IS NOT NULL ORDER BY deleted_at DESC, id DESC LIMIT 1`,
  ).get(name) as Deleted | undefined;
}

function deletedVersion(db: ReadableDb, name: string, version: number): Deleted | undefined {
  return statement(
    db,
    `SELECT v.id, v.model_id AS model, v.run_id AS run, v.deleted_at AS deletedAt
    FROM model_version v JOIN registered_model m ON m.id = v.model_id
    WHERE m.name = ? AND m.deleted_at IS NULL AND v.version = ? AND v.deleted_at IS NOT NULL`,
  ).get(name, version) as Deleted | undefined;
}
