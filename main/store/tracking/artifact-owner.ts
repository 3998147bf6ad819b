import { join } from 'node:path';
import type { Artifact } from '../../../shared/model/run.ts';
import { runFolder } from '../log.ts';
import type { ReadableDb } from '../open.ts';
import { statement } from '../statement.ts';

/** Whose files they are: a run's, or those of a model that a run logged. `pk` is `run.id` or `logged_model.id`. */
export type ArtifactOwner = {
  kind: 'run' | 'model';
  pk: number;
  uid: string;
  /** `study.id` */
  study: number;
  deleted: boolean;
  /** A run of a recipe: its files are the evidence of what Wardbook itself did. */
  ownWork: boolean;
  /** `run.id` of the run that shows them; null for a model without one. */
  run: number | null;
};

type Row = { pk: number; study: number; deleted: number; ownWork: number; run: number | null };

/** Null when there is none. */
export function findArtifactOwner(db: ReadableDb, kind: ArtifactOwner['kind'], uid: string): ArtifactOwner | null {
  const found = statement(
    db,
    kind === 'run'
      ? `SELECT id AS pk, study_id AS study, binned_at IS NOT NULL AS deleted, recipe IS NOT NULL AS ownWork, id AS run
        FROM run WHERE uid = ?`
      : `SELECT id AS pk, study_id AS study, deleted_at IS NOT NULL AS deleted, 0 AS ownWork, run_id AS run
        FROM logged_model WHERE uid = ?`,
  ).get(uid) as Row | undefined;
  if (found === undefined) return null;
  return { ...found, kind, uid, deleted: found.deleted === 1, ownWork: found.ownWork === 1 };
}

/** Where its files are; the folder may not be there yet. */
export function artifactRoot(dir: string, { kind, uid }: Pick<ArtifactOwner, 'kind' | 'uid'>): string {
  return kind === 'run' ? join(runFolder(dir, uid), 'artifacts') : join(dir, 'logged-models', uid, 'artifacts');
}

/** The file of this very path; null when none is recorded. */
export function findOwnedFile(db: ReadableDb, owner: ArtifactOwner, path: string): Artifact | null {
  const { table, key } = tableOf(owner);
  const found = statement(db, `SELECT path, bytes, sha256 FROM ${table} WHERE ${key} = ? AND path = ?`).get(
    owner.pk,
    path,
  ) as Artifact | undefined;
  return found ?? null;
}

/** Every file below a folder (`''`: all), by path. */
export function ownedFilesBelow(db: ReadableDb, owner: ArtifactOwner, folder: string): Artifact[] {
  const { table, key } = tableOf(owner);
  const columns = `SELECT path, bytes, sha256 FROM ${table} WHERE ${key} = ?`;
  if (folder === '') return statement(db, `${columns} ORDER BY path`).all(owner.pk) as Artifact[];
  // `0` is the character after the slash.
  return statement(db, `${columns} AND path > ? AND path < ? ORDER BY path`).all(
    owner.pk,
    `${folder}/`,
    `${folder}0`,
  ) as Artifact[];
}

/** Table of an owner's files, and its column for the owner. */
export function tableOf({ kind }: Pick<ArtifactOwner, 'kind'>): { table: string; key: string } {
  return kind === 'run' ? { table: 'artifact', key: 'run_id' } : { table: 'logged_model_file', key: 'model_id' };
}
