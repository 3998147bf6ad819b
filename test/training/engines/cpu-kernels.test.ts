import type { NamedAttrMap, Tensor, Tensor4D, TensorInfo } from '@tensorflow/tfjs-core';
import { beforeAll, expect, test } from 'vitest';
import type { BackendWasm } from '../../../main/training/engines/cpu/wasm-backend.ts';
import { checkKernels } from '../../../main/training/engines/kernels/check-kernels.ts';
import { loadTensors, type Tensors } from '../../../main/training/engines/load-tensors.ts';
import { createRandom } from '../../../shared/statistics/random.ts';

const random = createRandom(11);
let tf: Tensors;
beforeAll(async () => {
  tf = await loadTensors('cpu');
});

type Values = { values: Float32Array; shape: number[] };
const draw = (...shape: number[]): Values => ({
  shape,
  values: Float32Array.from({ length: shape.reduce((a, b) => a * b) }, () => random.normal()),
});

/** What `compute` gives on the plain JavaScript backend and on WebAssembly, for the same numbers. */
async function both(inputs: Values[], compute: (...tensors: Tensor[]) => Tensor[]): Promise<[Values[], Values[]]> {
  const on = async (backend: string): Promise<Values[]> => {
    await tf.setBackend(backend);
    const results = tf.tidy(() => compute(...inputs.map(({ values, shape }) => tf.tensor(values, shape))));
    const read = results.map((one) => ({ shape: one.shape, values: one.dataSync<'float32'>() }));
    tf.dispose(results);
    return read;
  };
  const plain = await on('cpu');
  return [plain, await on('wasm')];
}

function expectSame([plain, wasm]: [Values[], Values[]], tolerance: number): void {
  plain.forEach(({ values, shape }, i) => {
    expect(wasm[i]!.shape).toEqual(shape);
    const size = Math.sqrt(values.reduce((sum, v) => sum + v * v, 0) / values.length) || 1;
    const apart = values.reduce((most, v, j) => Math.max(most, Math.abs(v - wasm[i]!.values[j]!)), 0);
    expect(apart / size).toBeLessThan(tolerance);
  });
}

type Pad = 'same' | 'valid' | number;
const run = (name: string, inputs: Record<string, Tensor>, attrs: object) =>
  tf.engine().runKernel(name, inputs, attrs as NamedAttrMap) as Tensor;

/** A convolution and its two gradients, each by its kernel. */
const convolution = (strides: [number, number], pad: Pad) => (x: Tensor, filter: Tensor, dy: Tensor) => {
  const attrs = { strides, pad, dataFormat: 'NHWC' };
  return [
    tf.conv2d(x as Tensor4D, filter as Tensor4D, strides, pad),
    run('Conv2DBackpropInput', { dy, filter }, { ...attrs, inputShape: x.shape }),
    run('Conv2DBackpropFilter', { x, dy }, { ...attrs, filterShape: filter.shape }),
  ];
};

test('every kernel that a recipe may use gives the numbers of plain JavaScript', async () => {
  expect((await checkKernels(tf, 'wasm')).failures).toEqual([]);
});

test.each([
  { image: [9, 7], filter: [3, 3], strides: [1, 1], pad: 'same' },
  { image: [28, 28], filter: [3, 3], strides: [2, 2], pad: 'same' },
  { image: [9, 8], filter: [1, 1], strides: [2, 2], pad: 'same' },
  { image: [11, 12], filter: [5, 4], strides: [3, 2], pad: 'same' },
  { image: [10, 10], filter: [3, 3], strides: [2, 2], pad: 'valid' },
  { image: [10, 12], filter: [2, 3], strides: [1, 3], pad: 'valid' },
  { image: [8, 8], filter: [3, 3], strides: [2, 2], pad: 1 },
  { image: [13, 9], filter: [7, 7], strides: [2, 2], pad: 3 },
  { image: [6, 6], filter: [1, 1], strides: [3, 2], pad: 'valid' },
  { image: [5, 5], filter: [3, 3], strides: [2, 2], pad: 2 },
] as const)(
  'the gradients of a $filter convolution of $image by $strides, pad $pad, are those of plain JavaScript',
  async ({ image, filter, strides, pad }) => {
    const x = draw(2, ...image, 3);
    const w = draw(...filter, 3, 4);
    const shape = tf.backend_util.computeConv2DInfo([2, ...image, 3], [...filter, 3, 4], [...strides], 1, pad).outShape;
    expectSame(await both([x, w, draw(...shape)], convolution([...strides], pad)), 1e-5);
  },
);

test('long sums keep their precision: the filter gradient of 64 images of 28 by 28', async () => {
  const results = await both([draw(64, 28, 28, 2), draw(3, 3, 2, 3), draw(64, 28, 28, 3)], convolution([1, 1], 'same'));
  expectSame(results, 2e-5);
});

test('kernels that WebAssembly lacks are lent by plain JavaScript, and give their memory back', async () => {
  const depthwise = (x: Tensor, filter: Tensor, dy: Tensor) => {
    const attrs = { strides: [2, 2], dilations: [1, 1], pad: 'same' };
    return [
      run('DepthwiseConv2dNativeBackpropInput', { dy, filter }, { ...attrs, inputShape: x.shape }),
      run('DepthwiseConv2dNativeBackpropFilter', { x, dy }, { ...attrs, filterShape: filter.shape }),
    ];
  };
  expectSame(await both([draw(2, 9, 9, 4), draw(3, 3, 4, 1), draw(2, 5, 5, 4)], depthwise), 1e-5);
  const ids = tf.memory().numDataBuffers;
  const inputs = [tf.ones([2, 9, 9, 4]), tf.ones([3, 3, 4, 1]), tf.ones([2, 5, 5, 4])] as const;
  tf.dispose([...depthwise(...inputs), ...inputs]);
  expect(tf.memory().numDataBuffers).toBe(ids);
});

test.each([
  [false, false],
  [true, false],
  [false, true],
  [true, true],
])('matrix products, transposed %s and %s, are those of plain JavaScript', async (first, second) => {
  const product = (a: Tensor, b: Tensor) => [tf.matMul(a, b, first, second)];
  expectSame(await both([draw(...(first ? [7, 5] : [5, 7])), draw(...(second ? [6, 7] : [7, 6]))], product), 1e-6);
  expectSame(
    await both([draw(2, ...(first ? [7, 5] : [5, 7])), draw(2, ...(second ? [6, 7] : [7, 6]))], product),
    1e-6,
  );
});

test('the gradients of pooling are those of plain JavaScript', async () => {
  const attrs = { filterSize: [2, 2], strides: [2, 2], pad: 'valid' };
  const gradients = (x: Tensor, dy: Tensor) => [
    run('AvgPoolGrad', { dy, input: x }, attrs),
    run('MaxPoolGrad', { dy, input: x, output: tf.maxPool(x as Tensor4D, 2, 2, 'valid') }, attrs),
  ];
  expectSame(await both([draw(3, 8, 8, 4), draw(3, 4, 4, 4)], gradients), 1e-6);
});

test('a want of memory is an error with a code, and what was there stays', async () => {
  await tf.setBackend('wasm');
  const kept = tf.tensor1d([1, 2, 3]);
  const backend = tf.backend() as unknown as BackendWasm;
  const taken: TensorInfo[] = [];
  // Room that nothing is written to costs the machine nothing.
  expect(() => {
    for (let i = 0; i < 40; i++) taken.push(backend.makeOutput([1024, 1024, 100], 'float32'));
  }).toThrow(expect.objectContaining({ code: 'OUT_OF_MEMORY' }));
  expect(Array.from(kept.dataSync())).toEqual([1, 2, 3]);
  kept.dispose();
  for (const { dataId } of taken) backend.disposeData(dataId);
});

test('the loader of WebAssembly takes no part in how the process ends', () => {
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    const sources = process.listeners(event as 'uncaughtException').map(String);
    expect(sources.filter((source) => source.includes('ExitStatus') || source.includes('throw reason'))).toEqual([]);
  }
});
