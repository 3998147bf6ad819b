import type { ReadableDb } from '../open.ts';
import { columnsOf, hasTable } from './mlflow-db.ts';

type Texts = Record<string, string>;

/** A registered model with its versions, as MLflow's tables have it; deleted versions are in the stage Deleted_Internal. */
export type MlflowRegistered = {
  name: string;
  description: string;
  createdAt: number | null;
  tags: Texts;
  aliases: { alias: string; version: number }[];
  versions: MlflowRegisteredVersion[];
};

export type MlflowRegisteredVersion = {
  number: number;
  createdAt: number | null;
  user: string;
  stage: string;
  status: string;
  description: string;
  runLink: string;
  tags: Texts;
  run: string | null;
  source: string;
  storage: string;
};

/** Every registered model by name. Newer versions keep one registry per workspace; all of them are read. */
export function mlflowRegistered(db: ReadableDb): MlflowRegistered[] {
  if (!hasTable(db, 'registered_models') || !hasTable(db, 'model_versions')) return [];
  const workspace = columnsOf(db, 'registered_models').has('workspace') ? 'workspace' : "''";
  const models = db
    .prepare(
      `SELECT name, coalesce(description, '') AS description, creation_time AS createdAt, ${workspace} AS workspace
      FROM registered_models ORDER BY name, workspace`,
    )
    .all() as { name: string; description: string; createdAt: number | null; workspace: string }[];
  return models.map(({ workspace: place, ...model }) => ({
    ...model,
    tags: Object.fromEntries(
      rowsOf(db, 'registered_model_tags', 'key, value', place, model.name).map(({ key, value }) => [
        String(key),
        String(value ?? ''),
      ]),
    ),
    aliases: rowsOf(db, 'registered_model_aliases', 'alias, version', place, model.name).map(({ alias, version }) => ({
      alias: String(alias),
      version: Number(version),
    })),
    versions: versionsOf(db, place, model.name),
  }));
}

function versionsOf(db: ReadableDb, workspace: string, name: string): MlflowRegisteredVersion[] {
  const tags = new Map<number, Texts>();
  for (const { version, key, value } of rowsOf(db, 'model_version_tags', 'version, key, value', workspace, name)) {
    const own = tags.get(Number(version)) ?? {};
    tags.set(Number(version), { ...own, [String(key)]: String(value ?? '') });
  }
  return rowsOf(db, 'model_versions', '*', workspace, name).map((row) => {
    const text = (column: string): string => (typeof row[column] === 'string' ? row[column] : '');
    const number = Number(row['version']);
    return {
      number,
      createdAt: typeof row['creation_time'] === 'number' ? row['creation_time'] : null,
      user: text('user_id'),
      stage: text('current_stage'),
      status: text('status') || 'READY',
      description: text('description'),
      runLink: text('run_link'),
      tags: tags.get(number) ?? {},
      run: text('run_id') || null,
      source: text('source'),
      storage: text('storage_location'),
    };
  });
}

/** Rows of a table that belong to one model; none where a version of MLflow has no such table. */
function rowsOf(
  db: ReadableDb,
  table: string,
  columns: string,
  workspace: string,
  name: string,
): Record<string, unknown>[] {
  if (!hasTable(db, table)) return [];
  const own = columnsOf(db, table).has('workspace');
  const query = db.prepare(`SELECT ${columns} FROM ${table} WHERE name = ?${own ? ' AND workspace = ?' : ''}`);
  return query.all(...(own ? [name, workspace] : [name])) as Record<string, unknown>[];
}
