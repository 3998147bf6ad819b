import type { Stage } from '../../../shared/model/registration.ts';
import type { StageMove } from '../../../shared/model/registry.ts';
import { getOrAdd } from '../get-or-add.ts';
import type { ReadableDb, WritableDb } from '../open.ts';
import { statement } from '../statement.ts';
import { touch, type VersionKey } from './keys.ts';

/** Call inside a transaction. */
export function writeMove(db: WritableDb, version: number, { at, by, via, from, to, reason }: StageMove): void {
  statement(
    db,
    'INSERT INTO stage_move (version_id, at, by, via, from_stage, to_stage, reason) VALUES (?, ?, ?, ?, ?, ?, ?)',
  ).run(version, at, by, via, from, to, reason);
}

/** Puts a version into another stage and keeps the move; whether it may be there is asked before. Call inside a transaction. */
export function setStage(db: WritableDb, version: VersionKey, move: Omit<StageMove, 'from'>): StageMove {
  statement(db, 'UPDATE model_version SET stage = ?, updated_at = ? WHERE id = ?').run(move.to, move.at, version.id);
  const whole = { ...move, from: version.stage };
  writeMove(db, version.id, whole);
  touch(db, version.model, version.run);
  return whole;
}

/** The moves of each of these versions (`model_version.id`), oldest first. */
export function readMoves(db: ReadableDb, versions: number[]): Map<number, StageMove[]> {
  const rows = statement(
    db,
    `SELECT version_id, at, by, via, from_stage AS "from", to_stage AS "to", reason FROM stage_move
    WHERE version_id IN (SELECT value FROM json_each(?)) ORDER BY version_id, id`,
  ).all(JSON.stringify(versions)) as (StageMove & { version_id: number })[];
  const byVersion = new Map<number, StageMove[]>();
  for (const { version_id, ...move } of rows) getOrAdd(byVersion, version_id, (): StageMove[] => []).push(move);
  return byVersion;
}

/** The other versions of a model that are in a stage. */
export function versionsIn(db: ReadableDb, stage: Stage, of: VersionKey): VersionKey[] {
  return statement(
    db,
    `SELECT id, model_id AS model, version, stage, run_id AS run FROM model_version
    WHERE model_id = ? AND stage = ? AND id <> ? AND deleted_at IS NULL ORDER BY version`,
  ).all(of.model, stage, of.id) as VersionKey[];
}
