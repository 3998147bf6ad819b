/**
 * Seeded source of random numbers: xoshiro128** 1.1 (Blackman and Vigna 2018), its four words filled by splitmix32 from one
 * 32-bit seed. The same seed gives the same sequence on every machine and engine: only 32-bit integer operations are used.
 * Not for keys or identifiers.
 */
export type Random = {
  /** Uniform integer in [0, 2^32). */
  next(): number;
  /** Uniform number in [0, 1) with 53 random bits. */
  uniform(): number;
  /** Uniform integer in [0, n) without bias, for an integer 1 ≤ n < 2^31. */
  below(n: number): number;
  /** Standard normal number (Marsaglia's polar method). */
  normal(): number;
  /** Where it stands: `restoreRandom` goes on from there. */
  state(): RandomState;
};

/** The four words, and the normal number that is kept for the next call of `normal`, if any. */
export type RandomState = { words: [number, number, number, number]; spare: number | null };

const TWO_32 = 2 ** 32;

/** A generator from a seed; only the seed's low 32 bits count. */
export function createRandom(seed: number): Random {
  let mixed = seed | 0;
  const splitmix = () => {
    mixed = (mixed + 0x9e3779b9) | 0;
    let z = mixed;
    z = Math.imul(z ^ (z >>> 16), 0x85ebca6b);
    z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
    return z ^ (z >>> 16);
  };
  return randomFromState(splitmix(), splitmix(), splitmix(), splitmix());
}

/** A generator that goes on where another one stood. */
export function restoreRandom({ words, spare }: RandomState): Random {
  return randomFromState(...words, spare ?? Number.NaN);
}

/** A generator from its four 32-bit words, not all of them zero. */
export function randomFromState(w0: number, w1: number, w2: number, w3: number, kept = Number.NaN): Random {
  let a = w0 | 0;
  let b = w1 | 0;
  let c = w2 | 0;
  let d = w3 | 0;
  let spare = kept;

  const next = () => {
    const x = Math.imul(b, 5);
    const result = Math.imul((x << 7) | (x >>> 25), 9) >>> 0;
    const t = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= t;
    d = (d << 11) | (d >>> 21);
    return result;
  };
  const uniform = () => ((next() >>> 5) * 67108864 + (next() >>> 6)) / 9007199254740992;
  const below = (n: number) => {
    // Lemire (2019): the high word of next() · n, drawn again when its low word falls into the part that would favour some.
    for (;;) {
      const value = next();
      const low = Math.imul(value, n) >>> 0;
      if (low >= n || low >= TWO_32 % n) return Math.round((value * n - low) / TWO_32);
    }
  };
  const normal = () => {
    if (!Number.isNaN(spare)) {
      const value = spare;
      spare = Number.NaN;
      return value;
    }
    for (;;) {
      const u = 2 * uniform() - 1;
      const v = 2 * uniform() - 1;
      const s = u * u + v * v;
      if (s >= 1 || s === 0) continue;
      const scale = Math.sqrt((-2 * Math.log(s)) / s);
      spare = v * scale;
      return u * scale;
    }
  };
  const state = (): RandomState => ({ words: [a, b, c, d], spare: Number.isNaN(spare) ? null : spare });
  return { next, uniform, below, normal, state };
}
