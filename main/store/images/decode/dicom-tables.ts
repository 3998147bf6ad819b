import type { Attributes } from './dicom-attributes.ts';

/** A look-up table of DICOM: `at` any value (those outside take the first or last entry); `low` and `high` are its extremes. */
export type LookUpTable = { at(value: number): number; low: number; high: number };

/** The table in an item of a Modality or VOI LUT Sequence; null when there is none, or none that makes sense. */
export function lookUpTable(item: Attributes | null): LookUpTable | null {
  if (item === null) return null;
  return tableFrom(item, '00283002', '00283006');
}

/** A table by the tags of its descriptor (entries, first value, bits) and its data. */
export function tableFrom(attributes: Attributes, descriptor: string, data: string): LookUpTable | null {
  const [stated, first, bits] = attributes.numbers(descriptor);
  if (stated === undefined || first === undefined) return null;
  const entries = entriesOf(attributes, data, bits ?? 16);
  const count = Math.min(stated === 0 ? 65_536 : stated, entries.length);
  if (count < 1) return null;
  let low = entries[0]!;
  let high = low;
  for (let at = 0; at < count; at++) {
    low = Math.min(low, entries[at]!);
    high = Math.max(high, entries[at]!);
  }
  return { low, high, at: (value) => entries[Math.min(count - 1, Math.max(0, Math.round(value) - first))]! };
}

/** LUT data is numbers (US) or bytes (OW), 8-bit entries sometimes two to a word. */
function entriesOf(attributes: Attributes, tag: string, bits: number): number[] {
  const bytes = attributes.bytes(tag);
  if (bytes === null) return attributes.numbers(tag).map((value) => value & 0xffff);
  if (bits <= 8) return [...bytes];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: bytes.length >> 1 }, (_, at) => view.getUint16(at * 2, true));
}
