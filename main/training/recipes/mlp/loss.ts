/**
 * What a network learns by. Classes: −w · (1 − p)^gamma · ln p of the true class's probability p, w the weight of the class; gamma
 * 0 is the log-loss, above it the focal loss (Lin et al. 2017, arXiv:1708.02002). A number: the squared error in standard
 * deviations of the training part's target.
 */
export type Loss = { kind: 'classes'; outputs: number; classWeights: Float64Array; gamma: number } | { kind: 'number' };

/** Mean loss of 32-bit outputs (rows × outputs); probabilities are kept 1e-7 away from 0. */
export function meanLoss(outputs: Float32Array, y: Float64Array, loss: Loss): number {
  let sum = 0;
  for (let i = 0; i < y.length; i++) {
    if (loss.kind === 'number') sum += (outputs[i]! - y[i]!) ** 2;
    else sum += loss.classWeights[y[i]!]! * classLoss(probabilityOfTruth(outputs, i, y[i]!, loss.outputs), loss.gamma);
  }
  return sum / y.length;
}

function probabilityOfTruth(probabilities: Float32Array, row: number, truth: number, outputs: number): number {
  if (outputs > 1) return probabilities[row * outputs + truth]!;
  return truth === 1 ? probabilities[row]! : 1 - probabilities[row]!;
}

function classLoss(p: number, gamma: number): number {
  const logLoss = -Math.log(Math.max(p, 1e-7));
  return gamma === 0 ? logLoss : (1 - p) ** gamma * logLoss;
}
