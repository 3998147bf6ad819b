import type { LossFunction } from './loss.ts';

/** Half the squared error, for targets that are numbers. */
export const squaredLoss: LossFunction = (scores, targets, weights) => {
  let value = 0;
  const slope = scores.map((score, i) => {
    const off = score - targets[i]!;
    value += (weights[i]! * off * off) / 2;
    return weights[i]! * off;
  });
  return { value, slope };
};
