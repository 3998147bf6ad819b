import type { EvaluationPart, PredictionColumns } from '../../shared/model/evaluation.ts';
import type { ReadableDb, WritableDb } from './open.ts';
import { statement } from './statement.ts';

/**
 * Layout of a prediction BLOB, little-endian: u32 layout (2), u32 rows, u32 classes, u32 score columns, u32 flags (1: subject,
 * 2: fold), u32 zero; then the columns, each starting at a multiple of 8: scores f64 (rows × score columns, row-major),
 * row i32, subject i32 if any, truth f64, fold i16 if any. Layout 1 had truth as u16.
 */
const layout = 2;
const headerBytes = 24;
const hasSubject = 1;
const hasFold = 2;

/** Stores the held-out predictions of each part, replacing those stored before. Call inside a transaction. */
export function writePredictions(db: WritableDb, run: number, parts: PredictionColumns[]): void {
  const insert = statement(db, 'INSERT OR REPLACE INTO prediction (run_id, part, rows, data) VALUES (?, ?, ?, ?)');
  for (const part of parts) insert.run(run, part.part, part.rows, encodePredictions(part));
}

/** Every part that a run stored, exactly as it was given. */
export function readPredictions(db: ReadableDb, run: number): PredictionColumns[] {
  const rows = statement(db, 'SELECT part, data FROM prediction WHERE run_id = ? ORDER BY part').all(run) as {
    part: EvaluationPart;
    data: Buffer;
  }[];
  return rows.map((row) => decodePredictions(row.part, row.data));
}

/** Rows of held-out predictions of a run, over its parts. */
export function countPredictions(db: ReadableDb, run: number): number {
  return statement(db, 'SELECT coalesce(sum(rows), 0) FROM prediction WHERE run_id = ?').pluck().get(run) as number;
}

type Column = Float64Array | Int32Array | Uint16Array | Int16Array;

export function encodePredictions(columns: PredictionColumns): Buffer {
  const { rows, classes, scores, row, subject, truth, fold } = columns;
  const scoreColumns = rows === 0 ? 0 : scores.length / rows;
  const wrong = [row, truth, subject, fold].some((column) => column !== null && column.length !== rows);
  if (wrong || !Number.isInteger(scoreColumns)) throw new Error('prediction columns differ in length');
  const parts: Column[] = [scores, row, ...(subject ? [subject] : []), truth, ...(fold ? [fold] : [])];
  const buffer = new ArrayBuffer(parts.reduce((sum, part) => sum + padded(part.byteLength), headerBytes));
  const flags = (subject ? hasSubject : 0) | (fold ? hasFold : 0);
  new Uint32Array(buffer, 0, 6).set([layout, rows, classes, scoreColumns, flags, 0]);
  let at = headerBytes;
  for (const part of parts) {
    new Uint8Array(buffer, at).set(new Uint8Array(part.buffer, part.byteOffset, part.byteLength));
    at += padded(part.byteLength);
  }
  return Buffer.from(buffer);
}

export function decodePredictions(part: EvaluationPart, data: Uint8Array): PredictionColumns {
  // A copy of its own: aligned, and free to be handed to another thread.
  const buffer = data.slice().buffer;
  const [found, rows, classes, scoreColumns, flags] = new Uint32Array(buffer, 0, 6) as unknown as [
    number,
    number,
    number,
    number,
    number,
  ];
  if (found !== layout && found !== 1) throw new Error(`predictions in an unknown layout: ${found}`);
  let at = headerBytes;
  const take = <T extends Column>(
    type: { new (buffer: ArrayBuffer): T; BYTES_PER_ELEMENT: number },
    length: number,
  ): T => {
    const bytes = length * type.BYTES_PER_ELEMENT;
    const column = new type(buffer.slice(at, at + bytes));
    at += padded(bytes);
    return column;
  };
  const scores = take(Float64Array, rows * scoreColumns);
  const row = take(Int32Array, rows);
  const subject = flags & hasSubject ? take(Int32Array, rows) : null;
  const truth = found === 1 ? Float64Array.from(take(Uint16Array, rows)) : take(Float64Array, rows);
  const fold = flags & hasFold ? take(Int16Array, rows) : null;
  return { part, rows, classes, row, truth, scores, subject, fold };
}

const padded = (bytes: number): number => Math.ceil(bytes / 8) * 8;
