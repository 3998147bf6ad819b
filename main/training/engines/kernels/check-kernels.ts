import { createRandom } from '../../../../shared/statistics/random.ts';
import type { Tensors } from '../engine.ts';
import { imageCases } from './image-cases.ts';
import { contextOf, type KernelCase } from './kernel-case.ts';
import { numberCases } from './number-cases.ts';
import { shapeCases } from './shape-cases.ts';

/** Every kernel that a recipe may use on any engine. */
export const kernelCases: KernelCase[] = [...numberCases, ...shapeCases, ...imageCases];

export type KernelCheck = {
  /** Kernels that were compared. */
  kernels: string[];
  /** One line per case that failed: which kernel, and how. */
  failures: string[];
};

const TOLERANCE = 1e-5;
const SEED = 20_240;

/**
 * Computes every case on `backend` and in plain JavaScript and compares. Both backends must be registered with `tf`; the first
 * is the current one afterwards.
 */
export async function checkKernels(
  tf: Tensors,
  backend: string,
  cases: readonly KernelCase[] = kernelCases,
): Promise<KernelCheck> {
  const expected = await computeAll(tf, 'cpu', cases);
  const computed = await computeAll(tf, backend, cases);
  const failures = cases.flatMap(({ kernels, tolerance = TOLERANCE }, i) => {
    const how = difference(expected[i]!, computed[i]!, tolerance);
    return how === null ? [] : [`${kernels.join(', ')} ${how}`];
  });
  return { kernels: [...new Set(cases.flatMap(({ kernels }) => kernels))].sort(), failures };
}

type Result = { shape: number[]; values: ArrayLike<number> }[] | string;

async function computeAll(tf: Tensors, backend: string, cases: readonly KernelCase[]): Promise<Result[]> {
  await tf.setBackend(backend);
  const results: Result[] = [];
  for (const [i, each] of cases.entries()) results.push(await compute(tf, each, SEED + i));
  return results;
}

async function compute(tf: Tensors, { run }: KernelCase, seed: number): Promise<Result> {
  try {
    const kept = tf.tidy(() => [run(contextOf(tf, createRandom(seed)))].flat());
    const read = await Promise.all(kept.map(async (tensor) => ({ shape: tensor.shape, values: await tensor.data() })));
    tf.dispose(kept);
    return read;
  } catch (error) {
    // A kernel that is not registered says so; the text names shapes and kernels only.
    return `cannot be computed: ${String((error as Error).message).slice(0, 200)}`;
  }
}

/** How a result is off, or null; differences are in units of the largest expected number, or of 1. */
function difference(expected: Result, computed: Result, tolerance: number): string | null {
  if (typeof computed === 'string') return computed;
  if (typeof expected === 'string') return `${expected} (in plain JavaScript)`;
  for (const [i, { shape, values }] of expected.entries()) {
    const other = computed[i]!;
    if (String(other.shape) !== String(shape))
      return `gives the shape ${other.shape.join('×')}, not ${shape.join('×')}`;
    let largest = 1;
    let apart = 0;
    for (let at = 0; at < values.length; at++) {
      largest = Math.max(largest, Math.abs(values[at]!));
      const off = Math.abs(values[at]! - other.values[at]!);
      // Not a number is off by more than anything.
      apart = Number.isNaN(off) ? Number.POSITIVE_INFINITY : Math.max(apart, off);
    }
    if (!(apart <= tolerance * largest)) return `is off by ${(apart / largest).toPrecision(2)}, allowed ${tolerance}`;
  }
  return null;
}
