import type { LossFunction } from './loss.ts';

/**
 * Cross-entropy of a sigmoid with a target between 0 and 1. With `gamma` > 0 the focal loss of Lin et al. (2017), which counts
 * rows that are already right for less: −t (1 − p)^γ ln p − (1 − t) p^γ ln(1 − p).
 */
export function twoClassLoss(gamma: number): LossFunction {
  return (scores, targets, weights) => {
    let value = 0;
    const slope = new Float32Array(scores.length);
    for (let i = 0; i < scores.length; i++) {
      const s = scores[i]!;
      const t = targets[i]!;
      // ln p and ln(1 − p) without loss of digits at either end.
      const tail = Math.log1p(Math.exp(-Math.abs(s)));
      const logP = Math.min(s, 0) - tail;
      const logQ = Math.min(-s, 0) - tail;
      const p = Math.exp(logP);
      const q = Math.exp(logQ);
      const forP = q ** gamma;
      const forQ = p ** gamma;
      value -= weights[i]! * (t * forP * logP + (1 - t) * forQ * logQ);
      const slopeP = forP * (gamma * p * logP - q);
      const slopeQ = forQ * (p - gamma * q * logQ);
      slope[i] = weights[i]! * (t * slopeP + (1 - t) * slopeQ);
    }
    return { value, slope };
  };
}
