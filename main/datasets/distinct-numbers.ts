/** Counts distinct numbers exactly up to a limit, in 16 bytes each; the count then stays at the limit. */
export type DistinctNumbers = { add(value: number): void; count(): number };

export const DISTINCT_LIMIT = 100_000;

export function countDistinct(limit: number = DISTINCT_LIMIT): DistinctNumbers {
  // Open addressing over the numbers' bits; NaN marks a free slot, so NaN itself is counted apart.
  let slots = new Float64Array(1024).fill(Number.NaN);
  let size = 0;
  let sawNaN = 0;
  const bits = new Float64Array(1);
  const words = new Uint32Array(bits.buffer);
  const slotOf = (table: Float64Array, value: number): number => {
    bits[0] = value;
    const mask = table.length - 1;
    let slot = Math.imul(words[0]! ^ Math.imul(words[1]!, 0x9e3779b1), 0x85ebca6b);
    slot = (slot ^ (slot >>> 15)) & mask;
    while (!Number.isNaN(table[slot]) && table[slot] !== value) slot = (slot + 1) & mask;
    return slot;
  };
  return {
    add(value) {
      if (size + sawNaN >= limit) return;
      if (Number.isNaN(value)) {
        sawNaN = 1;
        return;
      }
      const slot = slotOf(slots, value);
      if (slots[slot] === value) return;
      slots[slot] = value;
      size += 1;
      if (size * 2 < slots.length) return;
      const larger = new Float64Array(slots.length * 2).fill(Number.NaN);
      for (const kept of slots) if (!Number.isNaN(kept)) larger[slotOf(larger, kept)] = kept;
      slots = larger;
    },
    count: () => size + sawNaN,
  };
}
