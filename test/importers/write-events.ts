import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { maskedCrc32c } from '../../main/importers/tensorboard/crc32c.ts';

/** An event of one scalar in TensorFlow's bytes; `step` below 2^31. */
export function scalarEvent(wallTime: number, step: number, tag: string, value: number): Buffer {
  const name = Buffer.from(tag);
  const inner = Buffer.alloc(2 + name.length + 5);
  inner.set([0x0a, name.length]);
  inner.set(name, 2);
  inner[2 + name.length] = 0x15;
  inner.writeFloatLE(value, 3 + name.length);
  const time = Buffer.alloc(9);
  time[0] = 0x09;
  time.writeDoubleLE(wallTime, 1);
  const varint: number[] = [0x10];
  for (let rest = step; ; rest = Math.floor(rest / 128)) {
    varint.push(rest >= 128 ? (rest % 128) | 0x80 : rest);
    if (rest < 128) break;
  }
  const stepField = step === 0 ? Buffer.alloc(0) : Buffer.from(varint);
  const summary = Buffer.concat([Buffer.from([0x2a, inner.length + 2, 0x0a, inner.length]), inner]);
  return Buffer.concat([time, stepField, summary]);
}

/** A record: length and payload, each with its masked checksum. */
export function record(payload: Uint8Array): Buffer {
  const out = Buffer.alloc(payload.length + 16);
  out.writeBigUInt64LE(BigInt(payload.length));
  out.writeInt32LE(maskedCrc32c(out, 0, 8), 8);
  out.set(payload, 12);
  out.writeInt32LE(maskedCrc32c(out, 12, 12 + payload.length), 12 + payload.length);
  return out;
}

/** The first event of every file. */
export const versionEvent = Buffer.concat([Buffer.from([0x09]), Buffer.alloc(8), Buffer.from('\x1a\x0dbrain.Event:2')]);

/** An event file of `count` scalars in `tags` series, in turn. */
export function writeEventFile(path: string, count: number, tags: number): void {
  mkdirSync(dirname(path), { recursive: true });
  const file = openSync(path, 'w');
  try {
    writeSync(file, record(versionEvent));
    let held: Buffer[] = [];
    for (let i = 0; i < count; i++) {
      held.push(
        record(scalarEvent(1.7e9 + i / 100, Math.floor(i / tags), `train/series-${i % tags}`, Math.sin(i / 1000))),
      );
      if (held.length < 10_000 && i < count - 1) continue;
      writeSync(file, Buffer.concat(held));
      held = [];
    }
  } finally {
    closeSync(file);
  }
}

/** The event of a job that starts at a step below 128, and takes back what came after it. */
export function sessionStart(step: number): Buffer {
  const stepField = step === 0 ? Buffer.alloc(0) : Buffer.from([0x10, step]);
  return Buffer.concat([Buffer.from([0x09]), Buffer.alloc(8), stepField, Buffer.from([0x3a, 0x02, 0x08, 0x01])]);
}
