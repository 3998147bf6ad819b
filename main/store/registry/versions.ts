import type { MovedVia } from '../../../shared/model/registry.ts';
import type { Artifact } from '../../../shared/model/run.ts';
import type { WritableDb } from '../open.ts';
import { statement } from '../statement.ts';
import { hashOfFiles } from './files.ts';
import { touch } from './keys.ts';
import { ensureModel, writeTag } from './models.ts';
import { writeMove } from './moves.ts';

export type NewVersion = {
  model: string;
  /** `run.id`; null when the files belong to no run. */
  run: number | null;
  loggedModel: string | null;
  source: string;
  path: string;
  files: Artifact[];
  runLink: string;
  description: string;
  tags: Record<string, string>;
  by: string;
  via: MovedVia;
  reason: string;
};

/**
 * Adds the next version of a model (which is made when it is not there) as a draft, and returns its number. Numbers of deleted
 * versions are not used again. Call inside a transaction. Throws NAME_INVALID.
 */
export function addVersion(db: WritableDb, input: NewVersion): number {
  const model = ensureModel(db, input.model);
  const next = statement(db, 'SELECT coalesce(max(version), 0) + 1 FROM model_version WHERE model_id = ?')
    .pluck()
    .get(model) as number;
  const at = Date.now();
  const { lastInsertRowid } = statement(
    db,
    `INSERT INTO model_version (model_id, version, stage, run_id, logged_model, source, path, run_link, description, files, hash,
      created_at, updated_at) VALUES (?, ?, 'draft', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    model,
    next,
    input.run,
    input.loggedModel,
    input.source,
    input.path,
    input.runLink,
    input.description,
    JSON.stringify(input.files),
    hashOfFiles(input.files),
    at,
    at,
  );
  const version = Number(lastInsertRowid);
  for (const [key, value] of Object.entries(input.tags)) writeTag(db, 'version', version, key, value);
  writeMove(db, version, { at, by: input.by, via: input.via, from: null, to: 'draft', reason: input.reason });
  touch(db, model, input.run);
  return next;
}
