/**
 * The one event that fills event files, decoded by hand: wall time, step, and a summary of one value that is a tag and a
 * simple_value. The library takes 1.7 µs for it and this 0.14 µs (test/bench/import-runs.ts measures both): for a million scalars
 * 1.6 s of the 2 s that an import may take. Anything else, down to one unknown field, is left to the library;
 * test/importers/tensorboard-events.test.ts holds both to the same answers.
 */
export type ScalarEvent = { wallTime: number; step: number; tag: string; value: number };

let view: DataView = new DataView(new ArrayBuffer(0));

/**
 * Decodes the range of `buffer` into `out` and returns true, or returns false when it is no such event. `tag` holds the bytes of
 * the tag as one character each.
 */
export function readScalarEvent(buffer: Buffer, start: number, end: number, out: ScalarEvent): boolean {
  if (view.buffer !== buffer.buffer || view.byteOffset !== buffer.byteOffset) {
    view = new DataView(buffer.buffer, buffer.byteOffset, buffer.byteLength);
  }
  // wall_time: field 1, 64 bits.
  if (end - start < 9 || buffer[start] !== 0x09) return false;
  out.wallTime = view.getFloat64(start + 1, true);
  let at = start + 9;
  out.step = 0;
  // step: field 2, varint; absent when 0. Negative steps take ten bytes and are left to the library.
  if (buffer[at] === 0x10) {
    let scale = 1;
    let byte: number;
    at += 1;
    do {
      if (at >= end || scale > 2 ** 42) return false;
      byte = buffer[at++]!;
      out.step += (byte & 0x7f) * scale;
      scale *= 128;
    } while (byte >= 0x80);
  }
  // summary (5) of one value (1), whose length bytes are single: longer ones hold more than a scalar.
  if (buffer[at] !== 0x2a || at + 2 + buffer[at + 1]! !== end || buffer[at + 1]! >= 0x80) return false;
  at += 2;
  if (buffer[at] !== 0x0a || at + 2 + buffer[at + 1]! !== end || buffer[at + 1]! >= 0x80) return false;
  at += 2;
  // tag: field 1; simple_value: field 2, 32 bits; nothing after it.
  if (buffer[at] !== 0x0a) return false;
  const tagStart = at + 2;
  const tagEnd = tagStart + buffer[at + 1]!;
  if (buffer[at + 1]! >= 0x80 || tagEnd + 5 !== end || buffer[tagEnd] !== 0x15) return false;
  out.tag = buffer.toString('latin1', tagStart, tagEnd);
  out.value = view.getFloat32(tagEnd + 1, true);
  return true;
}
