import { type BoostingArena, CHUNK } from './arena.ts';
import { type Derivatives, focalLogistic, focalSoftmax } from './losses.ts';
import { softmaxOf } from './softmax.ts';

/**
 * Gradients and hessians of one chunk of rows at the present scores, as 32-bit floats, and their sums per chunk: for each
 * output gradients, hessians, and the losses (under the first output).
 */
export function fillGradients(arena: BoostingArena, chunk: number): void {
  const from = chunk * CHUNK;
  const to = Math.min(arena.rows, from + CHUNK);
  const { loss, outputs } = arena.options;
  arena.sums.fill(0, chunk * 3 * outputs, (chunk + 1) * 3 * outputs);
  if (loss === 'softmax') softmax(arena, from, to, chunk);
  else if (loss === 'squared') squared(arena, from, to, chunk);
  else if (arena.options.focalGamma > 0) focal(arena, from, to, chunk);
  else logistic(arena, from, to, chunk);
}

function keepSums(arena: BoostingArena, chunk: number, gradient: number, hessian: number, loss: number): void {
  const at = chunk * 3 * arena.options.outputs;
  arena.sums[at] = gradient;
  arena.sums[at + 1] = hessian;
  arena.sums[at + 2] = loss;
}

/** Half the squared error; with no weights every hessian is 1 and stays so. */
function squared(arena: BoostingArena, from: number, to: number, chunk: number): void {
  const { scores, y, weights, gradients } = arena;
  let sumG = 0;
  let sumH = 0;
  let sumLoss = 0;
  for (let i = from; i < to; i++) {
    const w = weights === null ? 1 : weights[i]!;
    const off = scores[i]! - y[i]!;
    const g = Math.fround(w * off);
    gradients[2 * i] = g;
    gradients[2 * i + 1] = w;
    sumG += g;
    sumH += Math.fround(w);
    sumLoss += w * off * off;
  }
  keepSums(arena, chunk, sumG, sumH, sumLoss);
}

function logistic(arena: BoostingArena, from: number, to: number, chunk: number): void {
  const { scores, y, weights, gradients } = arena;
  let sumG = 0;
  let sumH = 0;
  let sumLoss = 0;
  for (let i = from; i < to; i++) {
    const w = weights === null ? 1 : weights[i]!;
    const score = scores[i]!;
    // e never overflows; of p and 1 - p neither is computed by subtraction.
    const e = Math.exp(-Math.abs(score));
    const large = 1 / (1 + e);
    const small = e / (1 + e);
    const positive = y[i] === 1;
    const high = score >= 0;
    const off = positive ? (high ? -small : -large) : high ? large : small;
    const g = Math.fround(w * off);
    const h = Math.fround(w * large * small);
    gradients[2 * i] = g;
    gradients[2 * i + 1] = h;
    sumG += g;
    sumH += h;
    sumLoss -= w * Math.log(positive === high ? large : Math.max(small, 1e-300));
  }
  keepSums(arena, chunk, sumG, sumH, sumLoss);
}

/**
 * Where the focal loss is not convex its second derivative is replaced by that of the log-loss with the focal weight held
 * fixed, (1 − p)^γ · p · (1 − p), the least that is used: a step then never divides by nearly nothing.
 */
function focal(arena: BoostingArena, from: number, to: number, chunk: number): void {
  const { scores, y, weights, gradients, options } = arena;
  const out: Derivatives = { loss: 0, gradient: 0, hessian: 0 };
  let sumG = 0;
  let sumH = 0;
  let sumLoss = 0;
  for (let i = from; i < to; i++) {
    const w = weights === null ? 1 : weights[i]!;
    const score = scores[i]!;
    focalLogistic(score, y[i] === 1, options.focalGamma, out);
    const p = 1 / (1 + Math.exp(-score));
    const own = y[i] === 1 ? p : 1 - p;
    const floor = (1 - own) ** options.focalGamma * p * (1 - p);
    const g = Math.fround(w * out.gradient);
    const h = Math.fround(w * Math.max(out.hessian, floor));
    gradients[2 * i] = g;
    gradients[2 * i + 1] = h;
    sumG += g;
    sumH += h;
    sumLoss += w * out.loss;
  }
  keepSums(arena, chunk, sumG, sumH, sumLoss);
}

function softmax(arena: BoostingArena, from: number, to: number, chunk: number): void {
  const { scores, y, weights, gradients, options, sums, rows } = arena;
  const { outputs, focalGamma } = options;
  const at = chunk * 3 * outputs;
  const p = new Float64Array(outputs);
  const out: Derivatives = { loss: 0, gradient: 0, hessian: 0 };
  for (let i = from; i < to; i++) {
    const w = weights === null ? 1 : weights[i]!;
    softmaxOf(scores, i * outputs, p);
    const truth = y[i]!;
    const own = p[truth]!;
    if (focalGamma === 0) sums[at + 2]! -= w * Math.log(Math.max(own, 1e-300));
    for (let k = 0; k < outputs; k++) {
      let gradient = p[k]! - (k === truth ? 1 : 0);
      let hessian = p[k]! * (1 - p[k]!);
      if (focalGamma > 0) {
        focalSoftmax(own, p[k]!, k === truth, focalGamma, out);
        gradient = out.gradient;
        hessian = Math.max(out.hessian, (1 - own) ** focalGamma * hessian);
        if (k === truth) sums[at + 2]! += w * out.loss;
      }
      const g = Math.fround(w * gradient);
      const h = Math.fround(w * hessian);
      const into = 2 * (k * rows + i);
      gradients[into] = g;
      gradients[into + 1] = h;
      sums[at + 3 * k]! += g;
      sums[at + 3 * k + 1]! += h;
    }
  }
}
