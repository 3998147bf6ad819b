import type { StepRecord, StepRecordKind } from '../../../shared/model/step-record.ts';
import type { ReadableDb, WritableDb } from '../open.ts';
import { runKey } from '../run-key.ts';
import { statement } from '../statement.ts';

/** Call inside a transaction. */
export function addStepRecords(db: WritableDb, run: number, records: StepRecord[]): void {
  const insert = statement(
    db,
    'INSERT INTO step_record (run_id, kind, key, step, time, data) VALUES (?, ?, ?, ?, ?, ?)',
  );
  for (const { kind, key, step, time, data } of records)
    insert.run(run, kind, key, BigInt(step), BigInt(time), JSON.stringify(data));
}

/** All of them anew. Call inside a transaction. */
export function replaceStepRecords(db: WritableDb, run: number, records: StepRecord[]): void {
  statement(db, 'DELETE FROM step_record WHERE run_id = ?').run(run);
  addStepRecords(db, run, records);
}

/** What a run holds step by step: kinds, names and how many steps of each. Throws RUN_NOT_FOUND. */
export function listStepRecords(db: ReadableDb, uid: string): { kind: StepRecordKind; key: string; count: number }[] {
  return statement(
    db,
    'SELECT kind, key, count(*) AS count FROM step_record WHERE run_id = ? GROUP BY kind, key ORDER BY kind, key',
  ).all(runKey(db, uid)) as { kind: StepRecordKind; key: string; count: number }[];
}

/** The steps of one name, ascending, and what each holds. Throws RUN_NOT_FOUND. */
export function readStepList(
  db: ReadableDb,
  uid: string,
  kind: StepRecordKind,
  key: string,
): { id: number; step: number }[] {
  return statement(
    db,
    'SELECT id, step FROM step_record WHERE run_id = ? AND kind = ? AND key = ? ORDER BY step, id',
  ).all(runKey(db, uid), kind, key) as { id: number; step: number }[];
}

/** Some records of one run and name, by their place in `readStepList`. */
export function readStepRecords(
  db: ReadableDb,
  uid: string,
  kind: StepRecordKind,
  key: string,
  from: number,
  limit: number,
): StepRecord[] {
  const rows = statement(
    db,
    `SELECT kind, key, step, time, data FROM step_record WHERE run_id = ? AND kind = ? AND key = ?
    ORDER BY step, id LIMIT ? OFFSET ?`,
  ).all(runKey(db, uid), kind, key, limit, from) as (Omit<StepRecord, 'data'> & { data: string })[];
  return rows.map((row) => ({ ...row, data: JSON.parse(row.data) }) as StepRecord);
}
