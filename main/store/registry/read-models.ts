import type { ModelSummary, ModelVersion, RegisteredModel, VersionBrief } from '../../../shared/model/registry.ts';
import { type ReadableDb, snapshot } from '../open.ts';
import { statement } from '../statement.ts';
import { readAliases } from './aliases.ts';
import { modelKey } from './keys.ts';
import { readModelTags } from './models.ts';
import { readVersion, readVersionsOf } from './read-versions.ts';

type ModelRow = { id: number; name: string; description: string; created_at: number; updated_at: number };

const select = 'SELECT id, name, description, created_at, updated_at FROM registered_model';

/** Every model, the one that changed last first. */
export function listModels(db: ReadableDb): ModelSummary[] {
  return snapshot(db, () => {
    const rows = statement(db, `${select} WHERE deleted_at IS NULL ORDER BY updated_at DESC, id DESC`).all();
    return (rows as ModelRow[]).map((row) => summaryOf(db, row));
  });
}

function summaryOf(db: ReadableDb, row: ModelRow): ModelSummary {
  const ids = statement(
    db,
    'SELECT id, stage FROM model_version WHERE model_id = ? AND deleted_at IS NULL ORDER BY version DESC',
  ).all(row.id) as { id: number; stage: ModelVersion['stage'] }[];
  const approved = ids.find(({ stage }) => stage === 'approved');
  return {
    name: row.name,
    description: row.description,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    versions: ids.length,
    newest: ids[0] === undefined ? null : briefOf(readVersion(db, ids[0].id)),
    approved: approved === undefined ? null : briefOf(readVersion(db, approved.id)),
    candidates: ids.filter(({ stage }) => stage === 'candidate').length,
  };
}

const briefOf = ({ version, stage, run, dataset, main, updatedAt }: ModelVersion): VersionBrief => ({
  version,
  stage,
  run,
  dataset,
  main,
  updatedAt,
});

/** A model with all its versions. Throws REGISTERED_MODEL_NOT_FOUND. */
export function readModel(db: ReadableDb, name: string): RegisteredModel {
  return snapshot(db, () => fromRow(db, statement(db, `${select} WHERE id = ?`).get(modelKey(db, name)) as ModelRow));
}

/** Every model with all its versions, by name: what a client's search goes through. */
export function readAllModels(db: ReadableDb): RegisteredModel[] {
  return snapshot(db, () => {
    const rows = statement(db, `${select} WHERE deleted_at IS NULL ORDER BY name`).all() as ModelRow[];
    return rows.map((row) => fromRow(db, row));
  });
}

const fromRow = (db: ReadableDb, row: ModelRow): RegisteredModel => ({
  name: row.name,
  description: row.description,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
  tags: readModelTags(db, 'model', row.id),
  aliases: readAliases(db, row.id),
  versions: readVersionsOf(db, row.id),
});
