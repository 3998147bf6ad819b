import { CholeskyDecomposition, Matrix } from 'ml-matrix';
import { evaluate, hessian, type Problem, parameterCount } from './objective.ts';
import { norm, type Solution, type SolveOptions, startingPoint } from './solution.ts';

/**
 * Newton's method (iteratively reweighted least squares) with a backtracking line search. Where the Hessian is not positive
 * definite (collinear columns without a penalty) its diagonal is raised until it is. Quadratic near the optimum.
 */
export async function solveNewton(problem: Problem, options: SolveOptions): Promise<Solution> {
  const size = parameterCount(problem);
  let w = startingPoint(problem);
  let gradient = new Float64Array(size);
  let at = evaluate(problem, w, gradient);
  for (let iteration = 0; ; iteration++) {
    const gradientNorm = norm(gradient);
    await options.onIteration(iteration, at.loss, gradientNorm);
    if (gradientNorm <= options.tolerance) return { w, gradientNorm, iterations: iteration, converged: true };
    if (iteration === options.maxIterations) return { w, gradientNorm, iterations: iteration, converged: false };

    const direction = solveDamped(hessian(problem, w), gradient);
    let slope = 0;
    for (let i = 0; i < size; i++) slope += direction[i]! * gradient[i]!;
    let step = 1;
    let moved = false;
    const next = new Float64Array(size);
    const nextGradient = new Float64Array(size);
    for (let halving = 0; halving < 50 && !moved; halving++, step /= 2) {
      for (let i = 0; i < size; i++) next[i] = w[i]! - step * direction[i]!;
      const found = evaluate(problem, next, nextGradient);
      // The last term lets steps through whose gain is below the rounding of the sum.
      if (found.value <= at.value - 1e-4 * step * slope + 1e-12 * Math.abs(at.value)) {
        at = found;
        moved = true;
      }
    }
    if (!moved) return { w, gradientNorm, iterations: iteration, converged: false };
    w = next;
    gradient = nextGradient;
  }
}

function solveDamped(h: Float64Array, gradient: Float64Array): Float64Array {
  const size = gradient.length;
  const right = Matrix.columnVector(gradient);
  let largest = 0;
  for (let i = 0; i < size; i++) largest = Math.max(largest, h[i * size + i]!);
  for (let damping = 0; ; damping = damping === 0 ? 1e-10 * Math.max(largest, 1e-300) : damping * 10) {
    const matrix = Matrix.from1DArray(size, size, h);
    for (let i = 0; i < size; i++) matrix.set(i, i, matrix.get(i, i) + damping);
    const cholesky = new CholeskyDecomposition(matrix);
    if (!cholesky.isPositiveDefinite()) continue;
    const solved = Float64Array.from(cholesky.solve(right).to1DArray());
    if (solved.every(Number.isFinite)) return solved;
  }
}

/** Inverse of a symmetric positive definite matrix, or null when it is not one to working precision. */
export function invert(h: Float64Array, size: number): Float64Array | null {
  const cholesky = new CholeskyDecomposition(Matrix.from1DArray(size, size, h));
  if (!cholesky.isPositiveDefinite()) return null;
  const inverse = Float64Array.from(cholesky.solve(Matrix.eye(size)).to1DArray());
  return inverse.every(Number.isFinite) ? inverse : null;
}
