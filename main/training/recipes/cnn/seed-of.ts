/**
 * A seed for one thing (an epoch, an image in an epoch, a step) from the run's seed, by the finaliser of MurmurHash3 (Appleby).
 * Nothing random is carried from epoch to epoch, so a fit that goes on from a checkpoint draws what it would have drawn.
 */
export function seedOf(seed: number, ...parts: number[]): number {
  let hash = seed | 0;
  for (const part of parts) {
    hash = Math.imul(hash ^ (part + 0x9e3779b9), 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
    hash ^= hash >>> 16;
  }
  return hash;
}
