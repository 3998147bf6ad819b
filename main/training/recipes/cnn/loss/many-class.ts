import type { LossFunction } from './loss.ts';

/** Cross-entropy of a softmax with targets that add up to 1 per row, or its focal form: −Σ t (1 − p)^γ ln p. */
export function manyClassLoss(outputs: number, gamma: number): LossFunction {
  return (scores, targets, weights) => {
    let value = 0;
    const slope = new Float32Array(scores.length);
    const logs = new Float64Array(outputs);
    const inner = new Float64Array(outputs);
    for (let row = 0; row < weights.length; row++) {
      const at = row * outputs;
      logSoftmax(scores, at, logs);
      let sum = 0;
      for (let k = 0; k < outputs; k++) {
        const p = Math.exp(logs[k]!);
        const t = targets[at + k]!;
        const kept = gamma === 0 ? 1 : (1 - p) ** gamma;
        value -= weights[row]! * t * kept * logs[k]!;
        // p · dL/dp; at p = 1 the focal factor's own slope is 0.
        const ofFactor = gamma === 0 || p === 1 ? 0 : gamma * (1 - p) ** (gamma - 1) * p * logs[k]!;
        inner[k] = t * (ofFactor - kept);
        sum += inner[k]!;
      }
      for (let k = 0; k < outputs; k++) slope[at + k] = weights[row]! * (inner[k]! - Math.exp(logs[k]!) * sum);
    }
    return { value, slope };
  };
}

function logSoftmax(scores: Float32Array, at: number, into: Float64Array): void {
  let largest = Number.NEGATIVE_INFINITY;
  for (let k = 0; k < into.length; k++) largest = Math.max(largest, scores[at + k]!);
  let sum = 0;
  for (let k = 0; k < into.length; k++) sum += Math.exp(scores[at + k]! - largest);
  for (let k = 0; k < into.length; k++) into[k] = scores[at + k]! - largest - Math.log(sum);
}
