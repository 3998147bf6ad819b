import { AppError } from '../../../shared/errors.ts';
import { getOrAdd } from '../get-or-add.ts';
import { type ReadableDb, transaction, type WritableDb } from '../open.ts';
import { statement } from '../statement.ts';
import { checkedModelName, modelKey, touch, versionKey } from './keys.ts';

/** A model without versions. Throws NAME_INVALID or NAME_TAKEN. */
export function createModel(
  db: WritableDb,
  named: string,
  { description = '', tags = {} }: { description?: string; tags?: Record<string, string> } = {},
): void {
  transaction(db, () => {
    const name = checkedModelName(named);
    if (hasModel(db, name)) throw taken(name);
    const model = ensureModel(db, name);
    statement(db, 'UPDATE registered_model SET description = ? WHERE id = ?').run(description, model);
    for (const [key, value] of Object.entries(tags)) writeTag(db, 'model', model, key, value);
  });
}

export function hasModel(db: ReadableDb, name: string): boolean {
  const found = statement(db, 'SELECT 1 FROM registered_model WHERE name = ? AND deleted_at IS NULL').get(name);
  return found !== undefined;
}

/** `registered_model.id` of the model of this name, made when there is none. Call inside a transaction. Throws NAME_INVALID. */
export function ensureModel(db: WritableDb, named: string): number {
  const name = checkedModelName(named);
  if (hasModel(db, name)) return modelKey(db, name);
  const at = Date.now();
  const { lastInsertRowid } = statement(
    db,
    'INSERT INTO registered_model (name, created_at, updated_at) VALUES (?, ?, ?)',
  ).run(name, at, at);
  touch(db, Number(lastInsertRowid), null);
  return Number(lastInsertRowid);
}

/** Throws REGISTERED_MODEL_NOT_FOUND, NAME_INVALID or NAME_TAKEN. */
export function renameModel(db: WritableDb, name: string, to: string): void {
  transaction(db, () => {
    const model = modelKey(db, name);
    const next = checkedModelName(to);
    if (next !== name && hasModel(db, next)) throw taken(next);
    statement(db, 'UPDATE registered_model SET name = ? WHERE id = ?').run(next, model);
    touch(db, model, null);
    for (const run of runsOf(db, model)) touch(db, model, run);
  });
}

/** Replaces the description of a model, or of one version. Throws REGISTERED_MODEL_NOT_FOUND or MODEL_VERSION_NOT_FOUND. */
export function describeModel(db: WritableDb, name: string, version: number | null, description: string): void {
  transaction(db, () => {
    if (version === null) {
      const model = modelKey(db, name);
      statement(db, 'UPDATE registered_model SET description = ? WHERE id = ?').run(description, model);
      touch(db, model, null);
      return;
    }
    const key = versionKey(db, name, version);
    statement(db, 'UPDATE model_version SET description = ?, updated_at = ? WHERE id = ?').run(
      description,
      Date.now(),
      key.id,
    );
    touch(db, key.model, null);
  });
}

/**
 * Sets a tag of a model or of one version, or takes it away when `value` is null; returns whether there was one.
 * Throws REGISTERED_MODEL_NOT_FOUND or MODEL_VERSION_NOT_FOUND.
 */
export function tagModel(
  db: WritableDb,
  name: string,
  version: number | null,
  key: string,
  value: string | null,
): boolean {
  return transaction(db, () => {
    const found = version === null ? null : versionKey(db, name, version);
    const model = found?.model ?? modelKey(db, name);
    const [of, id] = found === null ? (['model', model] as const) : (['version', found.id] as const);
    const had = value === null ? dropTag(db, of, id, key) : writeTag(db, of, id, key, value);
    touch(db, model, null);
    return had;
  });
}

/** Call inside a transaction. */
export function writeTag(db: WritableDb, of: 'model' | 'version', id: number, key: string, value: string): true {
  const [table, column] = tagTable(of);
  statement(db, `INSERT OR REPLACE INTO ${table} (${column}, key, value) VALUES (?, ?, ?)`).run(id, key, value);
  return true;
}

function dropTag(db: WritableDb, of: 'model' | 'version', id: number, key: string): boolean {
  const [table, column] = tagTable(of);
  return statement(db, `DELETE FROM ${table} WHERE ${column} = ? AND key = ?`).run(id, key).changes === 1;
}

/** Tags of each of these models or versions by key; absent for one without any. */
export function readModelTags(
  db: ReadableDb,
  of: 'model' | 'version',
  ids: number[],
): Map<number, Record<string, string>> {
  const [table, column] = tagTable(of);
  const rows = statement(
    db,
    `SELECT ${column} AS id, key, value FROM ${table} WHERE ${column} IN (SELECT value FROM json_each(?)) ORDER BY 1, 2`,
  ).all(JSON.stringify(ids)) as { id: number; key: string; value: string }[];
  const byId = new Map<number, Record<string, string>>();
  for (const { id, key, value } of rows) {
    // Not by assignment: a tag may be called __proto__.
    Object.defineProperty(
      getOrAdd(byId, id, () => ({})),
      key,
      { value, enumerable: true, configurable: true, writable: true },
    );
  }
  return byId;
}

const tagTable = (of: 'model' | 'version') =>
  of === 'model' ? (['model_tag', 'model_id'] as const) : (['model_version_tag', 'version_id'] as const);

/** The runs that versions of a model come from. */
export function runsOf(db: ReadableDb, model: number): number[] {
  return statement(db, 'SELECT DISTINCT run_id FROM model_version WHERE model_id = ? AND run_id IS NOT NULL')
    .pluck()
    .all(model) as number[];
}

const taken = (name: string) =>
  new AppError(
    'NAME_TAKEN',
    `There is a model ${name} in the registry already.`,
    'Choose another name, or register a version of that model.',
  );
