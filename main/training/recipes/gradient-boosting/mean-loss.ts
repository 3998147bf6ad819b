import { type Derivatives, focalLogistic, focalSoftmax, type Loss } from '../trees/boosting/losses.ts';
import { softmaxOf } from '../trees/boosting/softmax.ts';

/** Mean loss of scores (rows × outputs), weighted by row: log-loss, focal loss, or the squared error. */
export function meanLoss(
  loss: Loss,
  scores: Float64Array,
  y: Float64Array,
  weights: Float64Array | null,
  focalGamma: number,
): number {
  const outputs = scores.length / y.length;
  const p = new Float64Array(outputs);
  const out: Derivatives = { loss: 0, gradient: 0, hessian: 0 };
  let sum = 0;
  let total = 0;
  for (let i = 0; i < y.length; i++) {
    const weight = weights === null ? 1 : weights[i]!;
    if (loss === 'squared') out.loss = (scores[i]! - y[i]!) ** 2;
    else if (loss === 'logistic') focalLogistic(scores[i]!, y[i] === 1, focalGamma, out);
    else {
      softmaxOf(scores, i * outputs, p);
      const own = p[y[i]!]!;
      focalSoftmax(own, own, true, focalGamma, out);
    }
    sum += weight * out.loss;
    total += weight;
  }
  return sum / total;
}
