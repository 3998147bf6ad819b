import { normalUpperTail } from './normal.ts';

/**
 * P(X > x) for X chi-square with a whole number of degrees of freedom, by the finite sums that hold for it (Abramowitz and
 * Stegun 26.4.4 and 26.4.5); every term is positive, so nothing cancels in the far tail. 1 for x ≤ 0.
 */
export function chiSquareUpperTail(x: number, degrees: number): number {
  if (x <= 0) return 1;
  const half = x / 2;
  const odd = degrees % 2 === 1;
  // Q(a, y) = Q(a − 1, y) + y^(a − 1) e^−y / Γ(a), from Q(1, y) = e^−y or Q(½, y) = 2 P(Z > √(2y)).
  let tail = odd ? 2 * normalUpperTail(Math.sqrt(x)) : Math.exp(-half);
  let term = odd ? Math.exp(-half) * Math.sqrt(half / Math.PI) * 2 : Math.exp(-half) * half;
  for (let a = odd ? 1.5 : 2; a <= degrees / 2; a++) {
    tail += term;
    term *= half / a;
  }
  return Math.min(1, tail);
}
