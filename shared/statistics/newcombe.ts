import type { Interval } from './interval.ts';
import { z95 } from './normal.ts';

/**
 * Score interval of an AUC that needs only the two class sizes: Newcombe (2006), Statistics in Medicine 25:559–573,
 * method 5. The θ with (θ − θ̂)² ≤ z² V(θ), V the Hanley–McNeil variance with both sizes in it replaced by their mean N:
 * V(θ) = θ(1 − θ)[1 + (N − 1)((1 − θ)/(2 − θ) + θ/(1 + θ))]/(m n). It has a width at θ̂ = 1 and with one row in a class, where
 * DeLong's variance is 0 or undefined. null when a size is 0.
 */
export function newcombeInterval(auc: number, positives: number, negatives: number, z: number = z95): Interval | null {
  if (positives < 1 || negatives < 1) return null;
  const mean = (positives + negatives) / 2;
  const excess = (theta: number) => {
    const spread = 1 + (mean - 1) * ((1 - theta) / (2 - theta) + theta / (1 + theta));
    const variance = (theta * (1 - theta) * spread) / (positives * negatives);
    return (theta - auc) ** 2 - z * z * variance;
  };
  return { low: auc === 0 ? 0 : boundary(excess, 0, auc), high: auc === 1 ? 1 : boundary(excess, 1, auc) };
}

/** Bisects between `outside`, where the excess is not negative, and `inside`, where it is not positive. */
function boundary(excess: (theta: number) => number, outside: number, inside: number): number {
  let out = outside;
  let within = inside;
  for (let step = 0; step < 60; step++) {
    const middle = (out + within) / 2;
    if (excess(middle) > 0) out = middle;
    else within = middle;
  }
  return within;
}
