import type { Points } from './points.ts';
import { alignedBuffer, planSection, readSection, type SectionPlan, writeSection } from './section.ts';

/** What one batch holds of one series, in the order it came. */
export type BatchSeries = { seriesId: number; steps: Float64Array; values: Float64Array; times: Float64Array };

const headerBytes = 8;
const entryBytes = 16;

/**
 * One journal row: u32 layout (1), u32 number of series; per series u32 id, u32 offset, u32 count, u32 zero; then a section
 * (section.ts) each. A reader of one series looks at the entries and decodes only its own.
 */
export function encodeBatch(series: BatchSeries[]): Buffer {
  const plans: SectionPlan[] = series.map((one) => planSection(one.values, [one.steps, one.times]));
  const start = headerBytes + entryBytes * series.length;
  const buffer = new ArrayBuffer(plans.reduce((sum, plan) => sum + plan.bytes, start));
  const head = new Uint32Array(buffer, 0, start / 4);
  head.set([1, series.length]);
  let at = start;
  plans.forEach((plan, index) => {
    head.set([series[index]!.seriesId, at, plan.values.length, 0], 2 + 4 * index);
    writeSection(plan, buffer, at);
    at += plan.bytes;
  });
  return Buffer.from(buffer);
}

/** Calls `take` for each wanted series of a journal row (null: all); `writeId` is the row's id. */
export function readBatch(
  data: Uint8Array,
  writeId: number,
  wanted: ReadonlySet<number> | null,
  take: (seriesId: number, points: Points) => void,
): void {
  const { buffer, offset } = alignedBuffer(data);
  const header = new Uint32Array(buffer, offset, 2);
  if (header[0] !== 1) throw new Error(`journal row in an unknown layout: ${header[0]}`);
  const series = header[1]!;
  const entries = new Uint32Array(buffer, offset + headerBytes, 4 * series);
  for (let i = 0; i < series; i++) {
    const seriesId = entries[4 * i]!;
    if (wanted !== null && !wanted.has(seriesId)) continue;
    const { values, integers } = readSection(buffer, offset + entries[4 * i + 1]!, 2);
    take(seriesId, {
      steps: integers[0]!,
      values,
      times: integers[1]!,
      writes: new Float64Array(values.length).fill(writeId),
    });
  }
}
