import type { Random } from '../../../../../shared/statistics/random.ts';

/** For each row the row it is mixed with, and the share that it keeps of itself. */
export type Mix = { partner: Int32Array; share: number };

/** Draws a mixup (Zhang et al. 2018) for some rows: partners by a permutation, one share from Beta(α, α). */
export function drawMix(rows: number, alpha: number, random: Random): Mix {
  const partner = Int32Array.from({ length: rows }, (_, i) => i);
  for (let i = rows - 1; i > 0; i--) {
    const j = random.below(i + 1);
    [partner[i], partner[j]] = [partner[j]!, partner[i]!];
  }
  const a = gamma(alpha, random);
  return { partner, share: a / (a + gamma(alpha, random)) };
}

/** Mixes rows of equal width: share · own + (1 − share) · partner's. */
export function mixRows(values: Float32Array, { partner, share }: Mix): Float32Array {
  const width = values.length / partner.length;
  const mixed = new Float32Array(values.length);
  partner.forEach((other, row) => {
    for (let j = 0; j < width; j++) {
      mixed[row * width + j] = share * values[row * width + j]! + (1 - share) * values[other * width + j]!;
    }
  });
  return mixed;
}

/** A gamma number of unit scale (Marsaglia and Tsang 2000; below shape 1 by their power of a uniform number). */
export function gamma(shape: number, random: Random): number {
  if (shape < 1) return gamma(shape + 1, random) * (1 - random.uniform()) ** (1 / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = random.normal();
    const v = (1 + c * x) ** 3;
    if (v <= 0) continue;
    const u = 1 - random.uniform();
    if (Math.log(u) < (x * x) / 2 + d - d * v + d * Math.log(v)) return d * v;
  }
}
