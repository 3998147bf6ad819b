import { AppError } from '../../../shared/errors.ts';
import type { Stage } from '../../../shared/model/registration.ts';
import { modelName } from '../../../shared/model/registry.ts';
import { recordChange } from '../change.ts';
import type { ReadableDb, WritableDb } from '../open.ts';
import { statement } from '../statement.ts';

export type VersionKey = { id: number; model: number; version: number; stage: Stage; run: number | null };

/** `registered_model.id`. Throws REGISTERED_MODEL_NOT_FOUND. */
export function modelKey(db: ReadableDb, name: string): number {
  const row = statement(db, 'SELECT id FROM registered_model WHERE name = ? AND deleted_at IS NULL').get(name) as
    | { id: number }
    | undefined;
  if (row !== undefined) return row.id;
  throw new AppError(
    'REGISTERED_MODEL_NOT_FOUND',
    `There is no model ${name.slice(0, 250)} in the registry.`,
    'List the models: wardbook model list',
  );
}

/** A version that is not deleted. Throws REGISTERED_MODEL_NOT_FOUND or MODEL_VERSION_NOT_FOUND. */
export function versionKey(db: ReadableDb, name: string, version: number): VersionKey {
  const model = modelKey(db, name);
  const row = statement(
    db,
    `SELECT id, model_id AS model, version, stage, run_id AS run FROM model_version
    WHERE model_id = ? AND version = ? AND deleted_at IS NULL`,
  ).get(model, version) as VersionKey | undefined;
  if (row !== undefined) return row;
  throw new AppError(
    'MODEL_VERSION_NOT_FOUND',
    `The model ${name} has no version ${version}.`,
    `See what it has: wardbook model show ${name}`,
  );
}

/** A name as it is kept. Throws NAME_INVALID. */
export function checkedModelName(named: string): string {
  const parsed = modelName.safeParse(named);
  if (parsed.success) return parsed.data;
  throw new AppError(
    'NAME_INVALID',
    'The name of a model has 1 to 250 characters, and no slash, colon or control character.',
    'Choose another name.',
  );
}

/** Notes that a model changed, and the run whose registration it is. Call inside the transaction. */
export function touch(db: WritableDb, model: number, run: number | null): void {
  statement(db, 'UPDATE registered_model SET updated_at = ? WHERE id = ?').run(Date.now(), model);
  recordChange(db, 'model', null);
  if (run !== null) recordChange(db, 'run', run);
}
