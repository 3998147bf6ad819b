import type { Conv2DBackpropInputAttrs, TensorInfo } from '@tensorflow/tfjs-core';
import type { Tensors } from '../engine.ts';
import { phasesOf } from './phases.ts';
import { type BackendWasm, heapOf, runKernel } from './wasm-backend.ts';

/**
 * Gradient of a 2-D convolution (NHWC) with respect to its input. The input pixels whose place leaves the same remainder by the
 * stride meet the same filter pixels, so each remainder is a plain convolution of the output's gradient with those pixels,
 * turned round; with stride 1 there is only one.
 */
export function inputGradient(
  tf: Tensors,
  backend: BackendWasm,
  dy: TensorInfo,
  filter: TensorInfo,
  attrs: Conv2DBackpropInputAttrs,
): TensorInfo {
  const { strides, pad, dimRoundingMode, inputShape } = attrs;
  const filterShape = filter.shape as [number, number, number, number];
  const info = tf.backend_util.computeConv2DInfo(inputShape, filterShape, strides, 1, pad, dimRoundingMode);
  const down = phasesOf(info.inHeight, info.outHeight, info.filterHeight, info.strideHeight, info.padInfo.top);
  const across = phasesOf(info.inWidth, info.outWidth, info.filterWidth, info.strideWidth, info.padInfo.left);
  const dx = backend.makeOutput(inputShape, 'float32');
  heapOf(backend, dx).fill(0);
  for (const v of down) {
    for (const h of across) {
      const turned = turnedFilter(backend, filter, v.taps, h.taps);
      const part = runKernel(
        tf,
        backend,
        'Conv2D',
        { x: dy, filter: turned },
        { strides: [1, 1], pad: [[0, 0], v.pad, h.pad, [0, 0]], dilations: [1, 1], dataFormat: 'NHWC' },
      );
      backend.disposeData(turned.dataId);
      spread(heapOf(backend, dx), inputShape, heapOf(backend, part), part.shape, v, h);
      backend.disposeData(part.dataId);
    }
  }
  return dx;
}

/** The named rows and columns of a filter (height × width × in × out), in that order, as one of in ← out. */
function turnedFilter(backend: BackendWasm, filter: TensorInfo, rows: number[], columns: number[]): TensorInfo {
  const [, width, channelsIn, channelsOut] = filter.shape as [number, number, number, number];
  const turned = backend.makeOutput([rows.length, columns.length, channelsOut, channelsIn], 'float32');
  const from = heapOf(backend, filter);
  const to = heapOf(backend, turned);
  let at = 0;
  for (const row of rows) {
    for (const column of columns) {
      const base = (row * width + column) * channelsIn * channelsOut;
      for (let o = 0; o < channelsOut; o++) {
        for (let i = 0; i < channelsIn; i++) to[at++] = from[base + i * channelsOut + o]!;
      }
    }
  }
  return turned;
}

type Place = { first: number; count: number; skip: number; stride: number };

/** Puts the pixels of one remainder to their places in the input. */
function spread(
  to: Float32Array,
  [images, height, width, channels]: [number, number, number, number],
  from: Float32Array,
  [, partHeight, partWidth]: number[],
  down: Place,
  across: Place,
): void {
  if (down.stride === 1 && across.stride === 1 && down.skip === 0 && across.skip === 0) {
    if (partHeight === height && partWidth === width) {
      to.set(from);
      return;
    }
  }
  for (let n = 0; n < images; n++) {
    for (let i = 0; i < down.count; i++) {
      let source = ((n * partHeight! + i + down.skip) * partWidth! + across.skip) * channels;
      let target = ((n * height + down.first + i * down.stride) * width + across.first) * channels;
      const gap = (across.stride - 1) * channels;
      for (let j = 0; j < across.count; j++, target += gap) {
        for (let c = 0; c < channels; c++) to[target++] = from[source++]!;
      }
    }
  }
}
