import { expect, test } from 'vitest';
import { candidatePairs, MOST_BITS } from '../../main/store/images/candidate-pairs.ts';
import { COPY_SIDE, greyCopy, HASH_BYTES, imageHash } from '../../main/store/images/image-hash.ts';
import { duplicatesAcross } from '../../main/store/images/near-duplicates.ts';
import { resample } from '../../main/store/images/resample.ts';
import { searchDuplicates } from '../../main/store/images/search-duplicates.ts';
import { createRandom } from '../../shared/statistics/random.ts';

const random = createRandom(5);
const SIDE = 64;

/** A picture of a few soft blobs, as different from the next as two photographs. */
function picture(): Uint8Array {
  const blobs = Array.from({ length: 9 }, () => [
    random.uniform() * SIDE,
    random.uniform() * SIDE,
    4 + random.uniform() * 12,
    random.uniform() * 200 - 100,
  ]);
  return Uint8Array.from({ length: SIDE * SIDE }, (_, at) => {
    const [x, y] = [at % SIDE, Math.floor(at / SIDE)];
    const light = blobs.reduce(
      (sum, [bx, by, size, strength]) =>
        sum + strength! * Math.exp(-((x - bx!) ** 2 + (y - by!) ** 2) / (2 * size! ** 2)),
      128,
    );
    return Math.min(255, Math.max(0, Math.round(light)));
  });
}

const copyOf = (samples: Uint8Array, side = SIDE): Uint8Array =>
  greyCopy({ width: side, height: side, channels: 1, samples });

function search(copies: Uint8Array[]) {
  return searchDuplicates(Buffer.concat(copies.map(imageHash)), Uint8Array.from(Buffer.concat(copies)));
}

test('the same picture in another size, darker, or with noise is found; different pictures are not', () => {
  const originals = Array.from({ length: 60 }, picture);
  const first = originals[0]!;
  const larger = resample({ width: SIDE, height: SIDE, channels: 1, samples: first }, 150, 150).samples;
  const darker = first.map((value) => Math.round(value * 0.8));
  const noisy = first.map((value) => Math.min(255, Math.max(0, value + Math.round((random.uniform() - 0.5) * 16))));
  const copies = [...originals.map((one) => copyOf(one)), copyOf(larger, 150), copyOf(darker), copyOf(noisy)];
  const { pairs, more } = search(copies);
  expect(more).toBe(false);
  expect(pairs.map(({ a, b }) => [a, b])).toEqual([
    [0, 60],
    [0, 61],
    [0, 62],
    [60, 61],
    [60, 62],
    [61, 62],
  ]);
  for (const { similarity } of pairs) expect(similarity).toBeGreaterThan(0.98);
});

test('equal pictures are paired each with each, a large group with its first; blank ones only with blank ones', () => {
  const one = copyOf(picture());
  expect(search([one, one, one]).pairs).toEqual([
    { a: 0, b: 1, similarity: 1 },
    { a: 0, b: 2, similarity: 1 },
    { a: 1, b: 2, similarity: 1 },
  ]);
  expect(search(Array.from({ length: 20 }, () => one)).pairs).toHaveLength(19);
  const blank = new Uint8Array(COPY_SIDE * COPY_SIDE).fill(7);
  expect(search([blank, one, blank.slice(), blank.map(() => 9)]).pairs).toEqual([{ a: 0, b: 2, similarity: 1 }]);
});

test('candidates are exactly the pairs whose hashes differ in few bits, each once', () => {
  const count = 400;
  const hashes = new Uint8Array(count * HASH_BYTES);
  for (let at = 0; at < hashes.length; at++) hashes[at] = random.below(256);
  // Half of the hashes are others with up to 12 bits turned.
  for (let row = count / 2; row < count; row++) {
    hashes.copyWithin(row * HASH_BYTES, (row - count / 2) * HASH_BYTES, (row - count / 2 + 1) * HASH_BYTES);
    for (let turn = random.below(13); turn > 0; turn--)
      hashes[row * HASH_BYTES + random.below(8)]! ^= 1 << random.below(8);
  }
  const bits = (byte: number): number => byte.toString(2).replaceAll('0', '').length;
  const expected: string[] = [];
  for (let b = 1; b < count; b++)
    for (let a = 0; a < b; a++) {
      let apart = 0;
      for (let k = 0; k < HASH_BYTES; k++) apart += bits(hashes[a * HASH_BYTES + k]! ^ hashes[b * HASH_BYTES + k]!);
      if (apart <= MOST_BITS) expected.push(`${a} ${b}`);
    }
  const found: string[] = [];
  candidatePairs(hashes, (a, b) => found.push(`${a} ${b}`) > 0);
  expect(found.sort()).toEqual(expected.sort());
  expect(found.length).toBeGreaterThan(50);
});

test('a pair lies across a split when its images are on different sides', () => {
  const pairs = [
    [0, 1],
    [1, 2],
    [3, 4],
  ].map(([a, b]) => ({ a: a!, b: b!, similarity: 1 }));
  const side = [0, 0, 2, 1, -1];
  expect(duplicatesAcross(pairs, (row) => side[row]!)).toEqual([{ a: 1, b: 2, similarity: 1 }]);
});
