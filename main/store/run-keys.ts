import type { ReadableDb } from './open.ts';
import { statement } from './statement.ts';
import { studyKey } from './studies.ts';

export type RunKeys = { params: string[]; metrics: string[]; tags: string[] };
type KeyTable = 'param' | 'tag' | 'latest' | 'estimate';

/** A study of at most so many runs is read run by run, a larger one key by key. */
const smallStudy = 5_000;

/** Every key that runs of a study (by name, null: all) have, sorted; metrics are series and estimates. Throws STUDY_NOT_FOUND. */
export function readRunKeys(db: ReadableDb, study: string | null): RunKeys {
  const keys = study === null ? (table: KeyTable) => allKeys(db, table) : keysOfStudy(db, studyKey(db, study));
  return {
    params: keys('param'),
    metrics: [...new Set([...keys('latest'), ...keys('estimate')])].sort(),
    tags: keys('tag'),
  };
}

/** From one key to the next along the index: as many steps as there are keys, not rows. */
function allKeys(db: ReadableDb, table: KeyTable): string[] {
  const found = statement(
    db,
    `WITH RECURSIVE known (key) AS (
      SELECT min(key) FROM ${table}
      UNION ALL
      SELECT (SELECT min(key) FROM ${table} WHERE key > known.key) FROM known WHERE known.key IS NOT NULL
    ) SELECT key FROM known WHERE key IS NOT NULL`,
  );
  return found.pluck().all() as string[];
}

function keysOfStudy(db: ReadableDb, study: number): (table: KeyTable) => string[] {
  const runs = statement(db, 'SELECT count(*) FROM run WHERE study_id = ?').pluck().get(study) as number;
  if (runs <= smallStudy) {
    return (table) =>
      statement(
        db,
        `SELECT DISTINCT key FROM ${table} WHERE run_id IN (SELECT id FROM run WHERE study_id = ?) ORDER BY key`,
      )
        .pluck()
        .all(study) as string[];
  }
  return (table) => {
    const isUsed = statement(
      db,
      `SELECT 1 FROM ${table} t CROSS JOIN run r ON r.id = t.run_id WHERE t.key = ? AND r.study_id = ? LIMIT 1`,
    );
    return allKeys(db, table).filter((key) => isUsed.get(key, study) !== undefined);
  };
}
