/**
 * A column of int64 as bytes, in the shortest of four forms; every form is exact and starts on a multiple of 8 bytes:
 *   header   u32 form, u32 number of runs (form 3)
 *   0 plain  int64 each
 *   1 even   int64 first, int64 stride               1, 2, 3, … costs 16 bytes
 *   2 near   int64 first, int32 distance from it each
 *   3 runs   int64 value of each run, u32 length of each run
 * Little-endian, as every platform we build for. In memory the numbers are doubles: whole, exact to 2^53.
 */
type Form = 0 | 1 | 2 | 3;
export type IntegerPlan = { form: Form; runs: number; bytes: number };

const headerBytes = 8;
const padded = (bytes: number): number => (bytes + 7) & ~7;
const int32 = 2 ** 31;

/** Chooses the form for one column. */
export function planIntegers(column: Float64Array): IntegerPlan {
  const count = column.length;
  const first = count === 0 ? 0 : column[0]!;
  const stride = count < 2 ? 0 : column[1]! - first;
  // The whole way from first to last must be exact too: it is computed as a product when read.
  let even = Number.isSafeInteger(stride) && (count === 0 || Number.isSafeInteger(column[count - 1]! - first));
  let runs = count === 0 ? 0 : 1;
  let least = 0;
  let most = 0;
  for (let i = 1; i < count; i++) {
    const value = column[i]!;
    const step = value - column[i - 1]!;
    if (step !== stride) even = false;
    if (step !== 0) runs += 1;
    const distance = value - first;
    if (distance < least) least = distance;
    else if (distance > most) most = distance;
  }
  if (even) return { form: 1, runs: 0, bytes: headerBytes + 16 };
  const near = least >= -int32 && most < int32 ? headerBytes + 8 + padded(4 * count) : Number.POSITIVE_INFINITY;
  const byRuns = headerBytes + 8 * runs + padded(4 * runs);
  const plain = headerBytes + 8 * count;
  if (byRuns <= near && byRuns < plain) return { form: 3, runs, bytes: byRuns };
  if (near < plain) return { form: 2, runs: 0, bytes: near };
  return { form: 0, runs: 0, bytes: plain };
}

/** Writes the column at `offset` (a multiple of 8) of a zeroed buffer. */
export function writeIntegers(column: Float64Array, plan: IntegerPlan, buffer: ArrayBuffer, offset: number): void {
  new Uint32Array(buffer, offset, 2).set([plan.form, plan.runs]);
  const body = offset + headerBytes;
  const count = column.length;
  if (plan.form === 0) {
    const out = new BigInt64Array(buffer, body, count);
    for (let i = 0; i < count; i++) out[i] = BigInt(column[i]!);
    return;
  }
  if (plan.form === 3) {
    writeRuns(column, plan.runs, buffer, body);
    return;
  }
  const first = count === 0 ? 0 : column[0]!;
  const head = new BigInt64Array(buffer, body, plan.form === 1 ? 2 : 1);
  head[0] = BigInt(first);
  if (plan.form === 1) {
    head[1] = BigInt(count < 2 ? 0 : column[1]! - first);
    return;
  }
  const out = new Int32Array(buffer, body + 8, count);
  for (let i = 0; i < count; i++) out[i] = column[i]! - first;
}

function writeRuns(column: Float64Array, runs: number, buffer: ArrayBuffer, body: number): void {
  const values = new BigInt64Array(buffer, body, runs);
  const lengths = new Uint32Array(buffer, body + 8 * runs, runs);
  let run = -1;
  for (let i = 0; i < column.length; i++) {
    if (i === 0 || column[i] !== column[i - 1]) values[++run] = BigInt(column[i]!);
    lengths[run]! += 1;
  }
}

/** Reads the column at `offset` into `out`, which has its length; returns where it ends. */
export function readIntegers(buffer: ArrayBufferLike, offset: number, out: Float64Array): number {
  const header = new Uint32Array(buffer, offset, 2);
  const form = header[0]!;
  const body = offset + headerBytes;
  const count = out.length;
  if (form === 1) {
    const head = new BigInt64Array(buffer, body, 2);
    const first = Number(head[0]);
    const stride = Number(head[1]);
    for (let i = 0; i < count; i++) out[i] = first + i * stride;
    return body + 16;
  }
  if (form === 2) {
    const first = Number(new BigInt64Array(buffer, body, 1)[0]);
    const distances = new Int32Array(buffer, body + 8, count);
    for (let i = 0; i < count; i++) out[i] = first + distances[i]!;
    return body + 8 + padded(4 * count);
  }
  if (form === 3) return readRuns(buffer, body, header[1]!, out);
  const plain = new BigInt64Array(buffer, body, count);
  for (let i = 0; i < count; i++) out[i] = Number(plain[i]);
  return body + 8 * count;
}

function readRuns(buffer: ArrayBufferLike, body: number, runs: number, out: Float64Array): number {
  const values = new BigInt64Array(buffer, body, runs);
  const lengths = new Uint32Array(buffer, body + 8 * runs, runs);
  let at = 0;
  for (let run = 0; run < runs; run++) {
    out.fill(Number(values[run]), at, at + lengths[run]!);
    at += lengths[run]!;
  }
  return body + 8 * runs + padded(4 * runs);
}
