import { evaluate, type Problem, parameterCount } from './objective.ts';
import { norm, type Solution, type SolveOptions, startingPoint } from './solution.ts';

const MEMORY = 20;

const dot = (a: Float64Array, b: Float64Array): number => {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
};

/**
 * Limited-memory BFGS (Nocedal and Wright 2006, algorithms 7.4 and 7.5) with a bisecting line search for the weak Wolfe
 * conditions, for problems whose Hessian is too wide to build.
 */
export async function solveLbfgs(problem: Problem, options: SolveOptions): Promise<Solution> {
  const size = parameterCount(problem);
  let w = startingPoint(problem);
  let gradient = new Float64Array(size);
  let at = evaluate(problem, w, gradient);
  const pairs: { s: Float64Array; y: Float64Array; rho: number }[] = [];
  for (let iteration = 0; ; iteration++) {
    const gradientNorm = norm(gradient);
    await options.onIteration(iteration, at.loss, gradientNorm);
    if (gradientNorm <= options.tolerance) return { w, gradientNorm, iterations: iteration, converged: true };
    if (iteration === options.maxIterations) return { w, gradientNorm, iterations: iteration, converged: false };

    const direction = descentDirection(gradient, pairs);
    const slope = dot(direction, gradient);
    const next = new Float64Array(size);
    const nextGradient = new Float64Array(size);
    let step = pairs.length === 0 ? Math.min(1, 1 / gradientNorm) : 1;
    let low = 0;
    let high = Number.POSITIVE_INFINITY;
    let found = at;
    let moved = false;
    for (let trial = 0; trial < 60; trial++) {
      for (let i = 0; i < size; i++) next[i] = w[i]! + step * direction[i]!;
      found = evaluate(problem, next, nextGradient);
      if (found.value > at.value + 1e-4 * step * slope + 1e-12 * Math.abs(at.value)) high = step;
      else {
        moved = true;
        if (dot(direction, nextGradient) >= 0.9 * slope) break;
        low = step;
      }
      step = high === Number.POSITIVE_INFINITY ? 2 * low : (low + high) / 2;
    }
    if (!moved || found.value > at.value + 1e-9 * Math.abs(at.value)) {
      if (pairs.length === 0) return { w, gradientNorm, iterations: iteration, converged: false };
      // The curvature remembered is spoilt by rounding: start again from steepest descent.
      pairs.length = 0;
      continue;
    }
    const s = next.map((value, i) => value - w[i]!);
    const y = nextGradient.map((value, i) => value - gradient[i]!);
    const curvature = dot(s, y);
    if (curvature > 1e-14 * norm(s) * norm(y)) pairs.push({ s, y, rho: 1 / curvature });
    if (pairs.length > MEMORY) pairs.shift();
    w = next;
    gradient = nextGradient;
    at = found;
  }
}

function descentDirection(
  gradient: Float64Array,
  pairs: { s: Float64Array; y: Float64Array; rho: number }[],
): Float64Array {
  const q = gradient.map((value) => -value);
  const alphas: number[] = [];
  for (let p = pairs.length - 1; p >= 0; p--) {
    const { s, y, rho } = pairs[p]!;
    const alpha = rho * dot(s, q);
    alphas[p] = alpha;
    for (let i = 0; i < q.length; i++) q[i]! -= alpha * y[i]!;
  }
  const last = pairs.at(-1);
  const scale = last ? 1 / (last.rho * dot(last.y, last.y)) : 1;
  for (let i = 0; i < q.length; i++) q[i]! *= scale;
  pairs.forEach(({ s, y, rho }, p) => {
    const beta = rho * dot(y, q);
    for (let i = 0; i < q.length; i++) q[i]! += (alphas[p]! - beta) * s[i]!;
  });
  return q;
}
