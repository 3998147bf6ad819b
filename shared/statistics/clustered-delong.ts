import type { Placements } from './placements.ts';
import type { Subjects } from './subjects.ts';

/**
 * Variance of an AUC, or of a paired difference in AUC, when rows come in clusters (several rows of one person):
 * Obuchowski (1997), "Nonparametric analysis of clustered ROC curve data", Biometrics 53:567–578. With X and Y the sums of
 * a person's deviations of placements over their positive and their negative rows,
 * var = S10/m + S01/n + 2 S11/(m n), S10 = I10/((I10 − 1) m) ΣX², S01 = I01/((I01 − 1) n) ΣY², S11 = I/(I − 1) ΣXY,
 * where I10, I01 and I count persons with a positive row, with a negative row, and all. Equals DeLong's variance with one
 * row per person. null with fewer than two persons in either class.
 */
export function clusteredDelongVariance(placed: Placements, subjects: Subjects): number | null {
  const { positives, negatives, truth, values, auc } = placed;
  const { index, count } = subjects;
  const sumPositive = new Float64Array(count);
  const sumNegative = new Float64Array(count);
  const seen = new Uint8Array(count);
  for (let i = 0; i < values.length; i++) {
    const person = index[i]!;
    const deviation = values[i]! - auc;
    if (truth[i] === 1) {
      sumPositive[person]! += deviation;
      seen[person]! |= 1;
    } else {
      sumNegative[person]! += deviation;
      seen[person]! |= 2;
    }
  }
  let withPositive = 0;
  let withNegative = 0;
  let s10 = 0;
  let s01 = 0;
  let s11 = 0;
  for (let person = 0; person < count; person++) {
    const x = sumPositive[person]!;
    const y = sumNegative[person]!;
    withPositive += seen[person]! & 1;
    withNegative += (seen[person]! & 2) >> 1;
    s10 += x * x;
    s01 += y * y;
    s11 += x * y;
  }
  if (withPositive < 2 || withNegative < 2) return null;
  s10 *= withPositive / ((withPositive - 1) * positives);
  s01 *= withNegative / ((withNegative - 1) * negatives);
  s11 *= count / (count - 1);
  const variance = s10 / positives + s01 / negatives + (2 * s11) / (positives * negatives);
  // A strong negative within-person covariance can carry the estimate below zero in tiny samples.
  return variance >= 0 ? variance : null;
}
