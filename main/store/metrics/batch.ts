import { blankPoints, type Points, slicePoints } from './points.ts';
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

/** The points of one series in one journal row, still encoded; `write` is the row's id. */
export type BatchPart = { write: number; buffer: ArrayBufferLike; offset: number; count: number };

/** Adds the parts of a journal row to the lists of the wanted series (null: all). */
export function splitBatch(
  data: Uint8Array,
  write: number,
  wanted: ReadonlySet<number> | null,
  parts: Map<number, BatchPart[]>,
): void {
  const { buffer, offset } = alignedBuffer(data);
  const header = new Uint32Array(buffer, offset, 2);
  if (header[0] !== 1) throw new Error(`journal row in an unknown layout: ${header[0]}`);
  const series = header[1]!;
  const entries = new Uint32Array(buffer, offset + headerBytes, 4 * series);
  for (let i = 0; i < entries.length; i += 4) {
    const seriesId = entries[i]!;
    if (wanted !== null && !wanted.has(seriesId)) continue;
    const part = { write, buffer, offset: offset + entries[i + 1]!, count: entries[i + 2]! };
    const known = parts.get(seriesId);
    if (known === undefined) parts.set(seriesId, [part]);
    else known.push(part);
  }
}

/** The points of a series' parts, one after the other. */
export function decodeParts(parts: BatchPart[]): Points {
  const points = blankPoints(parts.reduce((sum, part) => sum + part.count, 0));
  let at = 0;
  for (const { write, buffer, offset, count } of parts) {
    const place = slicePoints(points, at, at + count);
    readSection(buffer, offset, place.values, [place.steps, place.times]);
    place.writes.fill(write);
    at += count;
  }
  return points;
}
