import type { ModelSummary, ModelVersion, RegisteredModel, VersionBrief } from '../../../shared/model/registry.ts';
import { type ReadableDb, snapshot } from '../open.ts';
import { statement } from '../statement.ts';
import { readAliases } from './aliases.ts';
import { modelKey } from './keys.ts';
import { readModelTags } from './models.ts';
import { readVersions, versionsOf } from './read-versions.ts';

type ModelRow = { id: number; name: string; description: string; created_at: number; updated_at: number };
type SummaryRow = ModelRow & { versions: number; newest: number | null; approved: number | null; candidates: number };

/** Every model, the one that changed last first. Six queries, however many models and versions. */
export function listModels(db: ReadableDb): ModelSummary[] {
  return snapshot(db, () => {
    const rows = statement(
      db,
      `SELECT m.id, m.name, m.description, m.created_at, m.updated_at, count(v.id) AS versions,
        (SELECT id FROM model_version WHERE model_id = m.id AND deleted_at IS NULL ORDER BY version DESC LIMIT 1) AS newest,
        max(v.id) FILTER (WHERE v.stage = 'approved') AS approved, count(*) FILTER (WHERE v.stage = 'candidate') AS candidates
      FROM registered_model m LEFT JOIN model_version v ON v.model_id = m.id AND v.deleted_at IS NULL
      WHERE m.deleted_at IS NULL GROUP BY m.id ORDER BY m.updated_at DESC, m.id DESC`,
    ).all() as SummaryRow[];
    const named = [...new Set(rows.flatMap(({ newest, approved }) => [newest, approved]))].filter((id) => id !== null);
    const briefs = new Map(readVersions(db, named).map((version, index) => [named[index], briefOf(version)]));
    return rows.map((row) => ({
      name: row.name,
      description: row.description,
      createdAt: row.created_at,
      updatedAt: row.updated_at,
      versions: row.versions,
      newest: briefs.get(row.newest!) ?? null,
      approved: briefs.get(row.approved!) ?? null,
      candidates: row.candidates,
    }));
  });
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
export const readModel = (db: ReadableDb, name: string): RegisteredModel =>
  snapshot(db, () => readModels(db, [modelKey(db, name)])[0]!);

/** Models of these `registered_model.id` with all their versions, in their order; nine queries, however many. */
export function readModels(db: ReadableDb, ids: number[]): RegisteredModel[] {
  return snapshot(db, () => {
    const rows = statement(
      db,
      `SELECT m.id, m.name, m.description, m.created_at, m.updated_at
      FROM json_each(?) wanted JOIN registered_model m ON m.id = wanted.value ORDER BY wanted.key`,
    ).all(JSON.stringify(ids)) as ModelRow[];
    const tags = readModelTags(db, 'model', ids);
    const aliases = readAliases(db, ids);
    const keys = versionsOf(db, ids);
    const flat = [...keys.values()].flat();
    const versions = new Map(readVersions(db, flat).map((version, index) => [flat[index], version]));
    return rows.map((row) => ({
      name: row.name,
      description: row.description,
      createdAt: row.created_at,
      updatedAt: row.updated_at,
      tags: tags.get(row.id) ?? {},
      aliases: aliases.get(row.id) ?? [],
      versions: (keys.get(row.id) ?? []).map((id) => versions.get(id)!),
    }));
  });
}
