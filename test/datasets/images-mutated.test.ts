import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeImage } from '../../main/store/images/decode/decode-image.ts';
import { ImageProblem } from '../../main/store/images/decode/decoded.ts';
import { isTrap } from '../../main/store/images/decode/trap.ts';

const folder = join(import.meta.dirname, 'fixtures', 'images');
const files = readdirSync(folder)
  .filter((name) => name !== 'references.json')
  .map((name) => ({ name, bytes: Uint8Array.from(readFileSync(join(folder, name))) }));

/** Bytes overwritten, a stretch taken out, a stretch repeated: what a bad disk or a bad program makes of a file. */
const change = fc.oneof(
  fc.record({
    kind: fc.constant('set' as const),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    value: fc.integer({ min: 0, max: 255 }),
  }),
  fc.record({
    kind: fc.constant('cut' as const),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    value: fc.integer({ min: 1, max: 64 }),
  }),
  fc.record({
    kind: fc.constant('repeat' as const),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    value: fc.integer({ min: 1, max: 64 }),
  }),
);

function changed(
  bytes: Uint8Array,
  { kind, at, value }: { kind: 'set' | 'cut' | 'repeat'; at: number; value: number },
): Uint8Array {
  const place = Math.min(bytes.length - 1, Math.floor(at * bytes.length));
  if (kind === 'set') return bytes.with(place, value);
  const end = Math.min(bytes.length, place + value);
  if (kind === 'cut') return Buffer.concat([bytes.subarray(0, place), bytes.subarray(end)]);
  return Buffer.concat([bytes.subarray(0, end), bytes.subarray(place)]);
}

test('a mutated file gives a picture of its stated size or a reason, never another error', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...files),
      fc.array(change, { minLength: 1, maxLength: 6 }),
      async ({ bytes }, changes) => {
        const mutated = changes.reduce<Uint8Array>((now, one) => (now.length < 2 ? now : changed(now, one)), bytes);
        try {
          const { width, height, channels, samples } = await decodeImage(Uint8Array.from(mutated));
          expect(samples.length).toBe(width * height * channels);
        } catch (error) {
          if (!isTrap(error)) expect(error).toBeInstanceOf(ImageProblem);
        }
      },
    ),
    { numRuns: 1500 },
  );
}, 120_000);
