import type { ReadableDb } from './open.ts';
import { statement } from './statement.ts';

/** Finished runs that were judged on the held-out part of this split, those in the bin included: a look is a look. */
export function runsOnSplit(db: ReadableDb, splitHash: string): number {
  return statement(
    db,
    `SELECT count(*) FROM run_document d JOIN run r ON r.id = d.run_id
    WHERE d.kind = 'split' AND d.json ->> '$.hash' = ? AND r.status = 'finished'`,
  )
    .pluck()
    .get(splitHash) as number;
}
