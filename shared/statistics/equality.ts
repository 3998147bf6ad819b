import { chiSquareUpperTail } from './chi-square.ts';

export type Equality = { statistic: number; degrees: number; p: number };

/**
 * Wald's test that k estimates have one true value: (θ − μ)ᵀ V⁻¹ (θ − μ) against chi-square with k − 1 degrees of freedom, μ the
 * mean of them weighted by V⁻¹. For independent estimates it is Cochran's Q (1954). `covariance` is k × k; null when it
 * cannot be inverted or there are fewer than two estimates.
 */
export function testEquality(values: number[], covariance: number[][]): Equality | null {
  const root = cholesky(covariance);
  if (root === null || values.length < 2) return null;
  const ones = values.map(() => 1);
  const weights = solve(root, ones);
  const mean = dot(weights, values) / dot(weights, ones);
  const apart = values.map((value) => value - mean);
  const statistic = dot(apart, solve(root, apart));
  const degrees = values.length - 1;
  return { statistic, degrees, p: chiSquareUpperTail(statistic, degrees) };
}

/** Lower triangle L with L Lᵀ = the matrix; null where it is not positive definite to about ten digits. */
function cholesky(matrix: number[][]): number[][] | null {
  const root = matrix.map(() => [] as number[]);
  for (let i = 0; i < matrix.length; i++) {
    for (let j = 0; j <= i; j++) {
      let rest = matrix[i]![j]!;
      for (let k = 0; k < j; k++) rest -= root[i]![k]! * root[j]![k]!;
      if (i !== j) root[i]![j] = rest / root[j]![j]!;
      else if (rest > 1e-10 * matrix[i]![i]!) root[i]![i] = Math.sqrt(rest);
      else return null;
    }
  }
  return root;
}

function solve(root: number[][], right: number[]): number[] {
  const forward: number[] = [];
  root.forEach((row, i) => {
    forward[i] = (right[i]! - forward.reduce((sum, value, k) => sum + row[k]! * value, 0)) / row[i]!;
  });
  const solution = new Array<number>(root.length).fill(0);
  for (let i = root.length - 1; i >= 0; i--) {
    let rest = forward[i]!;
    for (let k = i + 1; k < root.length; k++) rest -= root[k]![i]! * solution[k]!;
    solution[i] = rest / root[i]![i]!;
  }
  return solution;
}

const dot = (a: number[], b: number[]): number => a.reduce((sum, value, i) => sum + value * b[i]!, 0);
