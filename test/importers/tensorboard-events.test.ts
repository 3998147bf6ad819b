import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { expect, test } from 'vitest';
import { crc32c } from '../../main/importers/tensorboard/crc32c.ts';
import { decodeEvent } from '../../main/importers/tensorboard/messages.ts';
import { readRecords } from '../../main/importers/tensorboard/records.ts';
import { readScalarEvent, type ScalarEvent } from '../../main/importers/tensorboard/scalar-event.ts';
import { seededRandom, temporaryFolder } from '../store/vault-fixture.ts';
import { scalarEvent, writeEventFile } from './write-events.ts';

const fixtures = join(import.meta.dirname, 'fixtures', 'tensorboard');

test('CRC-32C gives the check value of the standard, and is not zlib’s CRC-32', () => {
  const digits = Buffer.from('123456789');
  expect(crc32c(digits, 0, 9) >>> 0).toBe(0xe3069283);
  expect(crc32(digits)).toBe(0xcbf43926);
});

/** The library's answer when the event is a single simple_value, null otherwise. */
function byLibrary(bytes: Buffer): ScalarEvent | null {
  const event = decodeEvent(bytes);
  const values = event.summary?.value ?? [];
  const [value] = values;
  if (values.length !== 1 || value?.simple_value === undefined) return null;
  return {
    wallTime: event.wall_time ?? 0,
    step: Number(event.step ?? 0n),
    tag: Buffer.from(value.tag ?? '').toString('latin1'),
    value: value.simple_value,
  };
}

const blank = (): ScalarEvent => ({ wallTime: 0, step: 0, tag: '', value: 0 });

test('decoding by hand and by the library give the same for every event of real files, and the hand takes most scalars', async () => {
  let byHand = 0;
  for (const entry of readdirSync(fixtures, { recursive: true, withFileTypes: true })) {
    if (!entry.name.includes('tfevents')) continue;
    await readRecords(
      join(entry.parentPath, entry.name),
      0,
      (buffer, start, end) => {
        const out = blank();
        if (!readScalarEvent(buffer, start, end, out)) return;
        byHand += 1;
        expect(out).toEqual(byLibrary(Buffer.from(buffer.subarray(start, end))));
      },
      async () => {},
    );
  }
  expect(byHand).toBeGreaterThan(30);
});

test('20,000 mutated scalar events: what the hand takes, the library reads the same way', () => {
  const random = seededRandom(11);
  let taken = 0;
  for (let i = 0; i < 20_000; i++) {
    const bytes = scalarEvent(random() * 2e9, Math.floor(random() * 2 ** 31), `tag-${i % 7}/é`, random());
    if (i % 2 === 1) bytes[Math.floor(random() * bytes.length)]! ^= 1 << Math.floor(random() * 8);
    const out = blank();
    if (!readScalarEvent(bytes, 0, bytes.length, out)) continue;
    taken += 1;
    // Bytes that are no UTF-8 are replaced by both before anybody sees the tag.
    const same = { ...out, tag: Buffer.from(Buffer.from(out.tag, 'latin1').toString('utf8')).toString('latin1') };
    expect(same).toEqual(byLibrary(bytes));
  }
  expect(taken).toBeGreaterThan(10_000);
});

test('a file is read on from where it was cut, every record once', async () => {
  const folder = temporaryFolder();
  try {
    const path = join(folder, 'events.out.tfevents.1.a.1');
    writeEventFile(path, 5_000, 3);
    let seen = 0;
    const count = (): void => void seen++;
    const whole = await readRecords(path, 0, count, async () => {});
    expect(whole.end).toBe('end');
    expect(seen).toBe(5_001);
    expect(await readRecords(path, whole.offset, count, async () => {})).toEqual(whole);
    expect(seen).toBe(5_001);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
