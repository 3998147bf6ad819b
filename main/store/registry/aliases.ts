import type { Stage } from '../../../shared/model/registration.ts';

import type { ReadableDb, WritableDb } from '../open.ts';
import { statement } from '../statement.ts';

/** Stages that one version of a model stands for: their names are aliases. Of several candidates it is the one moved last. */
export const stageAliases = ['candidate', 'approved'] as const satisfies readonly Stage[];
export type StageAlias = (typeof stageAliases)[number];

export const isStageAlias = (alias: string): alias is StageAlias => (stageAliases as readonly string[]).includes(alias);

export type Alias = { alias: string; version: number };

/** Aliases of a model by name, those of stages among them. */
export function readAliases(db: ReadableDb, model: number): Alias[] {
  const own = statement(
    db,
    `SELECT a.alias, v.version FROM model_alias a JOIN model_version v ON v.id = a.version_id WHERE a.model_id = ?`,
  ).all(model) as Alias[];
  const staged = stageAliases.flatMap((stage): Alias[] => {
    const version = statement(
      db,
      `SELECT v.version FROM model_version v WHERE v.model_id = ? AND v.stage = ? AND v.deleted_at IS NULL
      ORDER BY (SELECT max(id) FROM stage_move WHERE version_id = v.id) DESC LIMIT 1`,
    )
      .pluck()
      .get(model, stage) as number | undefined;
    return version === undefined ? [] : [{ alias: stage, version }];
  });
  return [...own, ...staged].sort((a, b) => (a.alias < b.alias ? -1 : 1));
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
