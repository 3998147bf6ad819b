import type { RunPage } from '../../shared/contract/runs.ts';
import { AppError } from '../../shared/errors.ts';
import { type ReadableDb, snapshot } from './open.ts';
import { countRuns, matchingRuns, type RunQuery, scopeSql } from './run-query.ts';
import { readSummaries } from './run-summary.ts';
import { raw, sql } from './sql.ts';
import { studyKey } from './studies.ts';

export type ListInput = Omit<RunQuery, 'study'> & {
  study: string | null;
  limit: number;
  cursor: string | null;
  offset?: number;
};

/** Where the next page begins: after this `run.id`, which was at this place (counted from 1). */
type Cursor = { after: number; place: number };

/**
 * One page of the runs table with exact totals: `total` satisfy the filter, `all` are in the study (or bin) at all. The cursor
 * of a page stays right when runs are added before it; without one the page begins after `offset` rows. Throws FILTER_INVALID, STUDY_NOT_FOUND or INPUT_INVALID (cursor).
 */
export function listRuns(db: ReadableDb, input: ListInput): RunPage {
  const begun = performance.now();
  const cursor = input.cursor === null ? null : readCursor(input.cursor);
  return snapshot(db, () => {
    const query: RunQuery = { ...input, study: input.study === null ? null : studyKey(db, input.study) };
    const all = countRuns(db, query);
    const { ids, total, place } =
      input.filter.trim() === '' && input.sort === null
        ? newestRuns(db, query, input.limit, cursor, all, input.offset ?? 0)
        : matchedRuns(db, query, input.limit, cursor, input.offset ?? 0);
    const runs = readSummaries(db, ids);
    const last = ids.at(-1);
    const next = last === undefined || place >= total ? null : writeCursor({ after: last, place });
    return { total, all, runs, next, tookMs: performance.now() - begun };
  });
}

/** `place`: of the last run of the page, counted from 1. */
type Page = { ids: number[]; total: number; place: number };

function matchedRuns(db: ReadableDb, query: RunQuery, limit: number, cursor: Cursor | null, offset: number): Page {
  const found = matchingRuns(db, query);
  const start = cursor === null ? offset : placeAfter(found, cursor);
  const ids = found.slice(start, start + limit);
  return { ids, total: found.length, place: start + ids.length };
}

/** A run that has left the list meanwhile (tagged, binned, still changing) leaves its old place. */
function placeAfter(found: number[], { after, place }: Cursor): number {
  const index = found.indexOf(after);
  return index < 0 ? place : index + 1;
}

/** The plain list needs no more than its page: it is read along an index, whatever the number of runs. */
function newestRuns(
  db: ReadableDb,
  query: RunQuery,
  limit: number,
  cursor: Cursor | null,
  all: number,
  offset: number,
): Page {
  const older =
    cursor === null
      ? raw('1')
      : sql`(r.created_at, r.id) < (SELECT created_at, id FROM run WHERE id = ${cursor.after})`;
  const { text, values } = sql`SELECT r.id FROM run r WHERE ${scopeSql(query)} AND ${older}
    ORDER BY r.created_at DESC, r.id DESC LIMIT ${limit} OFFSET ${cursor === null ? offset : 0}`;
  const ids = db
    .prepare(text)
    .pluck()
    .all(...values) as number[];
  const place = ids.length < limit ? all : (cursor?.place ?? offset) + ids.length;
  return { ids, total: all, place };
}

const writeCursor = ({ after, place }: Cursor): string => `${after}.${place}`;

function readCursor(text: string): Cursor {
  const match = /^(\d{1,15})\.(\d{1,15})$/.exec(text);
  if (match === null)
    throw new AppError('INPUT_INVALID', 'This is not a cursor of a page of runs.', 'Start again without a cursor.');
  return { after: Number(match[1]), place: Number(match[2]) };
}
