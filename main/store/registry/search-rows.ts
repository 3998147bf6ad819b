import type { ReadableDb } from '../open.ts';
import { statement } from '../statement.ts';
import { readModelTags } from './models.ts';

/** What a client's search asks of a model; `id` is `registered_model.id`. */
export type ModelRow = {
  id: number;
  name: string;
  createdAt: number;
  updatedAt: number;
  tags: Record<string, string>;
};

/** What a client's search asks of a version; `id` is `model_version.id`, `run` a uid. */
export type VersionRow = Omit<ModelRow, 'name'> & {
  model: string;
  version: number;
  run: string | null;
  source: string;
};

/** Every model, by name. Two queries. */
export function readModelRows(db: ReadableDb): ModelRow[] {
  return withTags(
    db,
    'model',
    statement(
      db,
      `SELECT id, name, created_at AS createdAt, updated_at AS updatedAt FROM registered_model WHERE deleted_at IS NULL
      ORDER BY name`,
    ).all() as Omit<ModelRow, 'tags'>[],
  );
}

/** Every version of every model, by model and number. Two queries. */
export function readVersionRows(db: ReadableDb): VersionRow[] {
  return withTags(
    db,
    'version',
    statement(
      db,
      `SELECT v.id, m.name AS model, v.version, r.uid AS run, v.source, v.created_at AS createdAt, v.updated_at AS updatedAt
      FROM model_version v JOIN registered_model m ON m.id = v.model_id LEFT JOIN run r ON r.id = v.run_id
      WHERE v.deleted_at IS NULL AND m.deleted_at IS NULL ORDER BY m.name, v.version`,
    ).all() as Omit<VersionRow, 'tags'>[],
  );
}

const none: Record<string, string> = {};

function withTags<T extends { id: number }>(
  db: ReadableDb,
  of: 'model' | 'version',
  rows: T[],
): (T & { tags: Record<string, string> })[] {
  const tags = readModelTags(
    db,
    of,
    rows.map(({ id }) => id),
  );
  return rows.map((row) => ({ ...row, tags: tags.get(row.id) ?? none }));
}
