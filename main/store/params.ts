import type { ParamValue } from '../../shared/model/run.ts';
import { readNumber } from '../../shared/query/read-number.ts';
import { getOrAdd } from './get-or-add.ts';
import type { ReadableDb, WritableDb } from './open.ts';
import { statement } from './statement.ts';

type ParamRow = { run_id: number; key: string; value: string; type: 'string' | 'number' | 'boolean' };

/** Call inside a transaction. A param is written once: another value for the same key replaces the first. */
export function writeParams(db: WritableDb, run: number, params: Record<string, ParamValue>): void {
  const insert = statement(
    db,
    'INSERT OR REPLACE INTO param (run_id, key, value, type, number) VALUES (?, ?, ?, ?, ?)',
  );
  for (const [key, value] of Object.entries(params)) {
    const type = typeof value as ParamRow['type'];
    const number = typeof value === 'number' ? value : typeof value === 'string' ? readNumber(value) : null;
    insert.run(run, key, String(value), type, number);
  }
}

/** Params per `run.id`, in the order of their keys. `runs` is a JSON array of `run.id`. */
export function readParams(db: ReadableDb, runs: string): Map<number, Record<string, ParamValue>> {
  const byRun = new Map<number, Record<string, ParamValue>>();
  const rows = statement(
    db,
    'SELECT run_id, key, value, type FROM param WHERE run_id IN (SELECT value FROM json_each(?)) ORDER BY run_id, key',
  ).all(runs) as ParamRow[];
  for (const row of rows)
    getOrAdd(byRun, row.run_id, (): Record<string, ParamValue> => ({}))[row.key] = paramValue(row);
  return byRun;
}

const paramValue = ({ type, value }: ParamRow): ParamValue =>
  type === 'number' ? Number(value) : type === 'boolean' ? value === 'true' : value;
