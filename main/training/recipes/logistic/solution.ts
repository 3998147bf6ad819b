import { type Problem, parameterCount } from './objective.ts';

export type Solution = { w: Float64Array; gradientNorm: number; iterations: number; converged: boolean };

export type SolveOptions = {
  /** Euclidean norm of the objective's gradient at which it is solved. */
  tolerance: number;
  maxIterations: number;
  onIteration(iteration: number, loss: number, gradientNorm: number): Promise<void>;
};

export function norm(v: Float64Array): number {
  let sum = 0;
  for (const value of v) sum += value * value;
  return Math.sqrt(sum);
}

/** Weights at zero, intercepts at the class shares (weighted): the optimum of the model without columns. */
export function startingPoint(problem: Problem): Float64Array {
  const { y, rows, columns } = problem.samples;
  const classes = Math.max(2, problem.outputs);
  const counts = new Float64Array(classes);
  for (const k of y) counts[k]! += problem.classWeights[k]!;
  const logs = counts.map((count) => Math.log(Math.max(count, 0.5) / rows));
  const w = new Float64Array(parameterCount(problem));
  if (problem.outputs === 1) {
    w[columns] = logs[1]! - logs[0]!;
    return w;
  }
  const mean = logs.reduce((a, b) => a + b, 0) / classes;
  for (let k = 0; k < classes; k++) w[k * (columns + 1) + columns] = logs[k]! - mean;
  return w;
}
