import type { TableSamples } from '../recipe.ts';

/**
 * Penalised negative log-likelihood of a logistic (`outputs` 1) or softmax (`outputs` = classes) model:
 * sum of log-losses, each times the weight of its class, + ½ · l2 · ‖weights‖², intercepts unpenalised. This is scikit-learn's LogisticRegression with C = 1 / l2.
 *
 * Parameters are outputs × (columns + 1), the intercept last. A softmax model is unchanged when the same vector is added to
 * all outputs; the term ½ · ‖sum over outputs‖² pins that direction at zero without moving the probabilities.
 */
export type Problem = { samples: TableSamples; outputs: number; l2: number; classWeights: Float64Array };

export const parameterCount = ({ samples, outputs }: Problem): number => outputs * (samples.columns + 1);

/** log(1 + e^z) without overflow. */
export function softplus(z: number): number {
  return z > 0 ? z + Math.log1p(Math.exp(-z)) : Math.log1p(Math.exp(z));
}

export function sigmoid(z: number): number {
  if (z >= 0) return 1 / (1 + Math.exp(-z));
  const e = Math.exp(z);
  return e / (1 + e);
}

/** Linear scores of one row into `out` (length `outputs`). */
function scoresOf(problem: Problem, w: Float64Array, row: number, out: Float64Array): void {
  const { x, columns } = problem.samples;
  const stride = columns + 1;
  const base = row * columns;
  for (let k = 0; k < problem.outputs; k++) {
    const at = k * stride;
    let z = w[at + columns]!;
    for (let j = 0; j < columns; j++) z += w[at + j]! * x[base + j]!;
    out[k] = z;
  }
}

/** Turns scores into softmax probabilities in place; returns log(sum of exp) of the scores. */
function softmax(z: Float64Array): number {
  let max = Number.NEGATIVE_INFINITY;
  for (const value of z) if (value > max) max = value;
  let sum = 0;
  for (let k = 0; k < z.length; k++) {
    z[k] = Math.exp(z[k]! - max);
    sum += z[k]!;
  }
  for (let k = 0; k < z.length; k++) z[k]! /= sum;
  return max + Math.log(sum);
}

/** The objective at `w`; fills `gradient`. `loss` is the sum of log-losses alone. */
export function evaluate(problem: Problem, w: Float64Array, gradient: Float64Array): { value: number; loss: number } {
  const { x, y, rows, columns } = problem.samples;
  const { outputs, l2, classWeights } = problem;
  const stride = columns + 1;
  const z = new Float64Array(outputs);
  gradient.fill(0);
  let loss = 0;
  for (let i = 0; i < rows; i++) {
    scoresOf(problem, w, i, z);
    const weight = classWeights[y[i]!]!;
    if (outputs === 1) {
      const score = z[0]!;
      loss += weight * (softplus(score) - (y[i] === 1 ? score : 0));
      z[0] = sigmoid(score) - y[i]!;
    } else {
      const own = z[y[i]!]!;
      loss += weight * (softmax(z) - own);
      z[y[i]!]! -= 1;
    }
    const base = i * columns;
    for (let k = 0; k < outputs; k++) {
      const residual = weight * z[k]!;
      const at = k * stride;
      for (let j = 0; j < columns; j++) gradient[at + j]! += residual * x[base + j]!;
      gradient[at + columns]! += residual;
    }
  }
  return { value: loss + addPenalty(problem, w, gradient, l2), loss };
}

function addPenalty({ samples, outputs }: Problem, w: Float64Array, gradient: Float64Array, l2: number): number {
  const stride = samples.columns + 1;
  let penalty = 0;
  for (let j = 0; j < stride; j++) {
    let sum = 0;
    for (let k = 0; k < outputs; k++) {
      const value = w[k * stride + j]!;
      sum += value;
      if (j === samples.columns) continue;
      penalty += 0.5 * l2 * value * value;
      gradient[k * stride + j]! += l2 * value;
    }
    if (outputs === 1) continue;
    penalty += 0.5 * sum * sum;
    for (let k = 0; k < outputs; k++) gradient[k * stride + j]! += sum;
  }
  return penalty;
}

/** Second derivatives at `w`, row-major and symmetric, parameterCount × parameterCount. */
export function hessian(problem: Problem, w: Float64Array): Float64Array {
  const { x, y, rows, columns } = problem.samples;
  const { outputs, l2, classWeights } = problem;
  const stride = columns + 1;
  const size = outputs * stride;
  const h = new Float64Array(size * size);
  const z = new Float64Array(outputs);
  const row = new Float64Array(stride);
  row[columns] = 1;
  for (let i = 0; i < rows; i++) {
    scoresOf(problem, w, i, z);
    if (outputs === 1) z[0] = sigmoid(z[0]!);
    else softmax(z);
    for (let j = 0; j < columns; j++) row[j] = x[i * columns + j]!;
    for (let k = 0; k < outputs; k++) {
      for (let l = k; l < outputs; l++) {
        const weight = classWeights[y[i]!]! * (k === l ? z[k]! * (1 - z[k]!) : -z[k]! * z[l]!);
        if (weight === 0) continue;
        for (let a = 0; a < stride; a++) {
          const scaled = weight * row[a]!;
          if (scaled === 0) continue;
          const at = (k * stride + a) * size + l * stride;
          for (let b = k === l ? a : 0; b < stride; b++) h[at + b]! += scaled * row[b]!;
        }
      }
    }
  }
  for (let a = 0; a < size; a++) {
    for (let b = a + 1; b < size; b++) h[b * size + a] = h[a * size + b]!;
  }
  for (let j = 0; j < stride; j++) {
    for (let k = 0; k < outputs; k++) {
      const a = k * stride + j;
      if (j < columns) h[a * size + a]! += l2;
      if (outputs > 1) for (let l = 0; l < outputs; l++) h[a * size + l * stride + j]! += 1;
    }
  }
  return h;
}

/** Probabilities as Model.predict gives them. */
export function probabilities(
  w: Float64Array,
  outputs: number,
  x: Float64Array,
  rows: number,
  columns: number,
): Float64Array {
  const problem: Problem = {
    samples: { kind: 'table', x, y: new Float64Array(0), rows, columns },
    outputs,
    l2: 0,
    classWeights: new Float64Array(0),
  };
  const out = new Float64Array(rows * outputs);
  const z = new Float64Array(outputs);
  for (let i = 0; i < rows; i++) {
    scoresOf(problem, w, i, z);
    if (outputs === 1) z[0] = sigmoid(z[0]!);
    else softmax(z);
    out.set(z, i * outputs);
  }
  return out;
}
