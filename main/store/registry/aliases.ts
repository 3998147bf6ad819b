import type { Stage } from '../../../shared/model/registration.ts';

import { getOrAdd } from '../get-or-add.ts';
import type { ReadableDb, WritableDb } from '../open.ts';
import { statement } from '../statement.ts';

/** Stages that one version of a model stands for: their names are aliases. Of several candidates it is the one moved last. */
export const stageAliases = ['candidate', 'approved'] as const satisfies readonly Stage[];
export type StageAlias = (typeof stageAliases)[number];

export const isStageAlias = (alias: string): alias is StageAlias => (stageAliases as readonly string[]).includes(alias);

export type Alias = { alias: string; version: number };

/** Aliases of each of these models (`registered_model.id`) by name, those of stages among them. */
export function readAliases(db: ReadableDb, models: number[]): Map<number, Alias[]> {
  const rows = statement(
    db,
    `WITH wanted AS (SELECT value AS id FROM json_each(?)),
      staged AS (SELECT v.model_id, v.stage, v.version, row_number() OVER (PARTITION BY v.model_id, v.stage
        ORDER BY (SELECT max(id) FROM stage_move WHERE version_id = v.id) DESC) AS place
      FROM model_version v
      WHERE v.model_id IN wanted AND v.stage IN (SELECT value FROM json_each(?)) AND v.deleted_at IS NULL)
    SELECT a.model_id, a.alias, v.version FROM model_alias a JOIN model_version v ON v.id = a.version_id
    WHERE a.model_id IN wanted
    UNION ALL SELECT model_id, stage, version FROM staged WHERE place = 1 ORDER BY 1, 2`,
  ).all(JSON.stringify(models), JSON.stringify(stageAliases)) as (Alias & { model_id: number })[];
  const byModel = new Map<number, Alias[]>();
  for (const { model_id, alias, version } of rows) {
    getOrAdd(byModel, model_id, (): Alias[] => []).push({ alias, version });
  }
  return byModel;
}

/** Points a free alias at a version (`model_version.id`), or takes it away. Call inside a transaction. */
export function writeAlias(db: WritableDb, model: number, alias: string, version: number | null): void {
  if (version === null) statement(db, 'DELETE FROM model_alias WHERE model_id = ? AND alias = ?').run(model, alias);
  else {
    statement(db, 'INSERT OR REPLACE INTO model_alias (model_id, alias, version_id) VALUES (?, ?, ?)').run(
      model,
      alias,
      version,
    );
  }
}
