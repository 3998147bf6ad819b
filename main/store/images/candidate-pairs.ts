/** Most bits in which the hashes of two images may differ that are looked at closely. */
export const MOST_BITS = 7;
/** A hash in four stretches of 16 bits: when two differ in at most 7 bits, one stretch differs in at most one. */
const STRETCHES = 4;
const VALUES = 65_536;
const MOST_PER_STRETCH = Math.floor(MOST_BITS / STRETCHES);

const ones = new Uint8Array(VALUES);
for (let value = 1; value < VALUES; value++) ones[value] = ones[value >> 1]! + (value & 1);
/** Every way to change up to one of 16 bits. */
const changes = Uint16Array.from(
  Array.from({ length: VALUES }, (_, value) => value).filter((value) => ones[value]! <= MOST_PER_STRETCH),
);

/**
 * Calls `visit` once for every pair a < b of 64-bit hashes (eight bytes each, one after the other) that differ in at most
 * MOST_BITS bits; stops when it returns false.
 */
export function candidatePairs(hashes: Uint8Array, visit: (a: number, b: number) => boolean): void {
  const count = hashes.length / 8;
  const words = stretchesOf(hashes, count);
  const [w0, w1, w2, w3] = words as [Uint16Array, Uint16Array, Uint16Array, Uint16Array];
  for (let stretch = 0; stretch < STRETCHES; stretch++) {
    const word = words[stretch]!;
    const { start, order } = sortByValue(word);
    for (let b = 1; b < count; b++) {
      const value = word[b]!;
      const b0 = w0[b]!;
      const b1 = w1[b]!;
      const b2 = w2[b]!;
      const b3 = w3[b]!;
      for (let change = 0; change < changes.length; change++) {
        const near = value ^ changes[change]!;
        const end = start[near + 1]!;
        for (let i = start[near]!; i < end; i++) {
          const a = order[i]!;
          // Ascending within a value: each pair is met from its larger row only.
          if (a >= b) break;
          const d0 = ones[w0[a]! ^ b0]!;
          const d1 = ones[w1[a]! ^ b1]!;
          const d2 = ones[w2[a]! ^ b2]!;
          const apart = d0 + d1 + d2 + ones[w3[a]! ^ b3]!;
          if (apart > MOST_BITS) continue;
          // Met before, in an earlier stretch.
          if (stretch > 0 && d0 <= MOST_PER_STRETCH) continue;
          if (stretch > 1 && d1 <= MOST_PER_STRETCH) continue;
          if (stretch > 2 && d2 <= MOST_PER_STRETCH) continue;
          if (!visit(a, b)) return;
        }
      }
    }
  }
}

/**
 * Stretch s of a hash has the bits of row v and column u with (u + v) % 4 = s: pictures of one kind agree in their lowest
 * frequencies, and every stretch gets as many of those.
 */
function stretchesOf(hashes: Uint8Array, count: number): Uint16Array[] {
  const words = Array.from({ length: STRETCHES }, () => new Uint16Array(count));
  for (let at = 0; at < count; at++)
    for (let v = 0; v < 8; v++) {
      const row = hashes[at * 8 + v]!;
      for (let u = 0; u < 8; u++) {
        const word = words[(u + v) % STRETCHES]!;
        word[at] = (word[at]! << 1) | ((row >> u) & 1);
      }
    }
  return words;
}

/** Rows by value: those of value v are `order[start[v]]` up to `order[start[v + 1]]`, ascending. */
function sortByValue(word: Uint16Array): { start: Int32Array; order: Int32Array } {
  const start = new Int32Array(VALUES + 1);
  for (const value of word) start[value + 1]! += 1;
  for (let value = 0; value < VALUES; value++) start[value + 1]! += start[value]!;
  const next = start.slice();
  const order = new Int32Array(word.length);
  for (let row = 0; row < word.length; row++) order[next[word[row]!]!++] = row;
  return { start, order };
}
