import { describe, expect, test } from 'vitest';
import { checkKernels, kernelCases } from '../../../main/training/engines/kernels/check-kernels.ts';
import { loadTensors } from '../../../main/training/engines/load-tensors.ts';
import { mlp } from '../../../main/training/recipes/mlp/mlp.ts';
import { createRandom } from '../../../shared/statistics/random.ts';
import { notRun } from '../../not-run.ts';
import { fitInput } from '../fit-input.ts';
import { inChild } from './in-child.ts';
import { noSoftwareVulkan, softwareVulkan } from './software-vulkan.ts';

type Checked = { kernels: string[]; failures: string[]; left: number };
const checked = new Set(kernelCases.flatMap(({ kernels }) => kernels));

describe('every kernel of the recipes agrees with plain JavaScript', () => {
  test('cpu', async () => {
    const tf = await loadTensors('cpu');
    const { kernels, failures } = await checkKernels(tf, tf.getBackend());
    expect(failures).toEqual([]);
    expect(kernels.length).toBeGreaterThan(50);
  });

  const env = softwareVulkan();
  if (env === null) notRun('kernels of webgpu against plain JavaScript', noSoftwareVulkan);
  else {
    test('webgpu', { timeout: 240_000 }, () => {
      const { failures, left } = inChild<Checked>('kernels-on-engine.ts', ['webgpu'], env);
      expect(failures).toEqual([]);
      expect(left).toBe(0);
    });
  }
});

test('the check tells a kernel that is off from one that is not', async () => {
  const tf = await loadTensors('cpu');
  const [right] = kernelCases.filter(({ kernels }) => kernels[0] === 'Relu');
  const onWasm = (by: number) => ({
    ...right!,
    run: (context: Parameters<NonNullable<typeof right>['run']>[0]) =>
      context.tf.add(context.tf.relu(context.normal([9])), context.tf.getBackend() === 'cpu' ? 0 : by),
  });
  expect((await checkKernels(tf, 'wasm', [onWasm(0)])).failures).toEqual([]);
  expect((await checkKernels(tf, 'wasm', [onWasm(1e-3)])).failures).toEqual([expect.stringMatching(/^Relu is off by/)]);
  expect((await checkKernels(tf, 'wasm', [onWasm(Number.NaN)])).failures).toHaveLength(1);
});

test('mlp uses no kernel that is not checked', async () => {
  const random = createRandom(2);
  const samples = (rows: number) => ({
    kind: 'table' as const,
    x: Float64Array.from({ length: rows * 3 }, () => random.normal()),
    y: Float64Array.from({ length: rows }, (_, i) => i % 3),
    rows,
    columns: 3,
  });
  const tf = await loadTensors('cpu');
  const input = fitInput({
    train: samples(60),
    validation: samples(30),
    classes: ['a', 'b', 'c'],
    columns: ['a', 'b', 'c'].map((name) => ({ name, mean: 0, scale: 1 })),
    params: {
      hidden: '8, 4',
      epochs: 2,
      learning_rate: 0.01,
      batch_size: 16,
      l2: 0.01,
      dropout: 0.2,
      patience: 9,
      imbalance: 'none',
    },
  });
  const { kernelNames } = await tf.profile(async () => {
    (await mlp.fit(input)).dispose();
    return tf.scalar(0);
  });
  expect(kernelNames.length).toBeGreaterThan(5);
  expect(kernelNames.filter((name) => !checked.has(name))).toEqual([]);
});
