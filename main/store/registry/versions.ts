import type { MovedVia } from '../../../shared/model/registry.ts';
import type { Artifact } from '../../../shared/model/run.ts';
import type { ReadableDb, WritableDb } from '../open.ts';
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
  /** Of a version that another registry had: its number there, kept when it is free, when it was made, and its key for good. */
  imported?: { number: number; createdAt: number | null; key: string };
};

/**
 * Adds the next version of a model (which is made when it is not there) as a draft, and returns its number. Numbers of deleted
 * versions are not used again. Call inside a transaction. Throws NAME_INVALID.
 */
export function addVersion(db: WritableDb, input: NewVersion): number {
  const model = ensureModel(db, input.model);
  const number = numberFor(db, model, input.imported?.number);
  const at = Date.now();
  const { lastInsertRowid } = statement(
    db,
    `INSERT INTO model_version (model_id, version, stage, run_id, logged_model, source, path, run_link, description, files, hash,
      created_at, updated_at, import_key) VALUES (?, ?, 'draft', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    model,
    number,
    input.run,
    input.loggedModel,
    input.source,
    input.path,
    input.runLink,
    input.description,
    JSON.stringify(input.files),
    hashOfFiles(input.files),
    input.imported?.createdAt ?? at,
    at,
    input.imported?.key ?? null,
  );
  const version = Number(lastInsertRowid);
  for (const [key, value] of Object.entries(input.tags)) writeTag(db, 'version', version, key, value);
  writeMove(db, version, { at, by: input.by, via: input.via, from: null, to: 'draft', reason: input.reason });
  touch(db, model, input.run);
  return number;
}

function numberFor(db: ReadableDb, model: number, wanted: number | undefined): number {
  const taken = statement(db, 'SELECT 1 FROM model_version WHERE model_id = ? AND version = ?');
  if (wanted !== undefined && taken.get(model, wanted) === undefined) return wanted;
  const next = statement(db, 'SELECT coalesce(max(version), 0) + 1 FROM model_version WHERE model_id = ?');
  return next.pluck().get(model) as number;
}
