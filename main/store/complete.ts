import { engineId, runStatus } from '../../shared/model/run.ts';
import type { Field } from '../../shared/query/ast.ts';
import { type Completion, completeFilter } from '../../shared/query/complete.ts';
import type { ReadableDb } from './open.ts';
import { readRunKeys } from './run-keys.ts';
import { statement } from './statement.ts';

/** Values are taken from so many of the newest runs that have the key. */
const sampledRuns = 2_000;

/** What can be typed at the cursor of a filter, from the keys and values of this vault. */
export function completeRuns(db: ReadableDb, filter: string, at: number): Completion[] {
  return completeFilter(filter, at, {
    keys: () => readRunKeys(db, null),
    values: (field) => knownValues(db, field),
  });
}

function knownValues(db: ReadableDb, field: Field): (string | number | boolean)[] {
  switch (field.name) {
    case 'status':
      return runStatus.options;
    case 'engine':
      return engineId.options;
    case 'study':
      return texts(db, 'SELECT name FROM study ORDER BY created_at DESC');
    case 'dataset.name':
      return texts(db, 'SELECT name FROM dataset ORDER BY created_at DESC');
    case 'dataset.version':
      return texts(db, 'SELECT DISTINCT version FROM dataset_version ORDER BY version');
    case 'recipe':
    case 'seed':
      return texts(db, newest(`SELECT ${field.name} AS value FROM run ORDER BY created_at DESC LIMIT ${sampledRuns}`));
    case 'name':
      return texts(db, 'SELECT name FROM run ORDER BY created_at DESC LIMIT 50');
    case 'tags':
      return texts(
        db,
        newest(`SELECT value FROM tag WHERE key = ? ORDER BY run_id DESC LIMIT ${sampledRuns}`),
        field.key,
      );
    case 'params':
      return paramValues(db, field.key);
    default:
      return [];
  }
}

/** The distinct values of a sample, the most frequent first. */
const newest = (sample: string): string =>
  `SELECT value FROM (${sample}) WHERE value IS NOT NULL GROUP BY value ORDER BY count(*) DESC, value LIMIT 50`;

function texts(db: ReadableDb, query: string, ...bound: string[]): (string | number)[] {
  return statement(db, query)
    .pluck()
    .all(...bound) as (string | number)[];
}

function paramValues(db: ReadableDb, key: string): (string | number | boolean)[] {
  const rows = statement(
    db,
    `SELECT value, type FROM (SELECT value, type FROM param WHERE key = ? ORDER BY run_id DESC LIMIT ${sampledRuns})
    GROUP BY value, type ORDER BY count(*) DESC, value LIMIT 50`,
  ).all(key) as { value: string; type: 'string' | 'number' | 'boolean' }[];
  return rows.map(({ value, type }) =>
    type === 'number' ? Number(value) : type === 'boolean' ? value === 'true' : value,
  );
}
