import type { Estimate } from '../../shared/model/estimate.ts';
import { getOrAdd } from './get-or-add.ts';
import type { ReadableDb, WritableDb } from './open.ts';
import { statement } from './statement.ts';

type EstimateRow = Estimate & { run_id: number; key: string };

/** Call inside a transaction. Numbers that are not finite are stored as missing. */
export function writeEstimates(db: WritableDb, run: number, estimates: Record<string, Estimate>): void {
  const insert = statement(
    db,
    'INSERT OR REPLACE INTO estimate (run_id, key, value, low, high, method, rows, subjects) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
  );
  for (const [key, { value, low, high, method, rows, subjects }] of Object.entries(estimates)) {
    insert.run(run, key, finite(value), finite(low), finite(high), method, rows, subjects);
  }
}

/** Estimates per `run.id`, of these keys or all. `runs` is a JSON array of `run.id`. */
export function readEstimates(
  db: ReadableDb,
  runs: string,
  keys: string[] | null = null,
): Map<number, Record<string, Estimate>> {
  const byRun = new Map<number, Record<string, Estimate>>();
  const rows = statement(
    db,
    `SELECT run_id, key, value, low, high, method, rows, subjects FROM estimate
    WHERE run_id IN (SELECT value FROM json_each(?)) ${keys === null ? '' : 'AND key IN (SELECT value FROM json_each(?))'}
    ORDER BY run_id, key`,
  ).all(...(keys === null ? [runs] : [runs, JSON.stringify(keys)])) as EstimateRow[];
  for (const { run_id, key, value, low, high, method, rows: count, subjects } of rows) {
    getOrAdd(byRun, run_id, (): Record<string, Estimate> => ({}))[key] = {
      value,
      low,
      high,
      method,
      rows: count,
      subjects,
    };
  }
  return byRun;
}

const finite = (value: number | null): number | null => (value !== null && Number.isFinite(value) ? value : null);
