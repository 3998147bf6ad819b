/**
 * Two 32-bit hashes of a text in one pass (multiply and xor, finished as in MurmurHash3). Not against an opponent: for
 * counting and grouping, where 64 bits make a chance collision among ten million texts less likely than 1 in 300,000.
 */
export type TextHash = { a: number; b: number };

/** Hashes `text` into `out` (reused by callers in hot loops), starting from `seed`. */
export function hashText(text: string, seed: number, out: TextHash): void {
  let a = 0xdeadbeef ^ seed;
  let b = 0x41c6ce57 ^ seed;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    a = Math.imul(a ^ unit, 2654435761);
    b = Math.imul(b ^ unit, 1597334677);
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
  out.a = a | 0;
  out.b = b | 0;
}

const scratch: TextHash = { a: 0, b: 0 };

/** One hash of 53 bits as a number, for sets of distinct texts. */
export function hashNumber(text: string): number {
  hashText(text, 0, scratch);
  return (scratch.a & 0x1fffff) * 4294967296 + (scratch.b >>> 0);
}
