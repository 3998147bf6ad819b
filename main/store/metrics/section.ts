import { type IntegerPlan, planIntegers, readIntegers, writeIntegers } from './integers.ts';

/**
 * Points of one series as bytes: u32 layout (1), u32 count, float64 values (NaN and infinities as they are), then the integer
 * columns (integers.ts): steps, times, and in a chunk the writes.
 */
export type SectionPlan = { values: Float64Array; integers: Float64Array[]; plans: IntegerPlan[]; bytes: number };

const layout = 1;

export function planSection(values: Float64Array, integers: Float64Array[]): SectionPlan {
  const plans = integers.map(planIntegers);
  return { values, integers, plans, bytes: plans.reduce((sum, plan) => sum + plan.bytes, 8 + 8 * values.length) };
}

/** Writes at `offset` (a multiple of 8) of a zeroed buffer. */
export function writeSection(plan: SectionPlan, buffer: ArrayBuffer, offset: number): void {
  const count = plan.values.length;
  new Uint32Array(buffer, offset, 2).set([layout, count]);
  new Float64Array(buffer, offset + 8, count).set(plan.values);
  let at = offset + 8 + 8 * count;
  plan.integers.forEach((column, index) => {
    writeIntegers(column, plan.plans[index]!, buffer, at);
    at += plan.plans[index]!.bytes;
  });
}

/** Reads the section at `offset` into columns of its length, as many integer columns as are given. */
export function readSection(
  buffer: ArrayBufferLike,
  offset: number,
  values: Float64Array,
  integers: Float64Array[],
): void {
  const header = new Uint32Array(buffer, offset, 2);
  if (header[0] !== layout) throw new Error(`metric points in an unknown layout: ${header[0]}`);
  const count = header[1]!;
  values.set(new Float64Array(buffer, offset + 8, count));
  let at = offset + 8 + 8 * count;
  for (const column of integers) at = readIntegers(buffer, at, column);
}

/** The blob's bytes as a buffer of their own that starts on a multiple of 8. */
export function alignedBuffer(blob: Uint8Array): { buffer: ArrayBufferLike; offset: number } {
  if (blob.byteOffset % 8 === 0) return { buffer: blob.buffer, offset: blob.byteOffset };
  return { buffer: blob.slice().buffer, offset: 0 };
}
