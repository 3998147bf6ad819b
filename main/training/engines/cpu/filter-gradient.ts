import type { Conv2DBackpropFilterAttrs, TensorInfo } from '@tensorflow/tfjs-core';
import type { Tensors } from '../engine.ts';
import { type BackendWasm, runKernel } from './wasm-backend.ts';

/**
 * Gradient of a 2-D convolution (NHWC) with respect to its filter, as one more convolution: the images' channels take the place
 * of images, the images that of channels, and the output's gradient, dilated by the stride, that of the filter. That is the
 * matrix product of im2col without its copy: (filter pixels × channels in) × (all output pixels) × (channels out).
 */
export function filterGradient(
  tf: Tensors,
  backend: BackendWasm,
  x: TensorInfo,
  dy: TensorInfo,
  attrs: Conv2DBackpropFilterAttrs,
): TensorInfo {
  const { strides, pad, dimRoundingMode, filterShape } = attrs;
  const info = tf.backend_util.computeConv2DInfo(
    x.shape as [number, number, number, number],
    filterShape,
    strides,
    1,
    pad,
    dimRoundingMode,
  );
  const { inHeight, inWidth, outHeight, outWidth, strideHeight, strideWidth, filterHeight, filterWidth } = info;
  const { top, left } = info.padInfo;
  // Rows that no window reaches are padded away to nothing, or cut off below.
  const bottom = Math.max(0, (outHeight - 1) * strideHeight + filterHeight - inHeight - top);
  const right = Math.max(0, (outWidth - 1) * strideWidth + filterWidth - inWidth - left);
  const channelsFirst = runKernel(tf, backend, 'Transpose', { x }, { perm: [3, 1, 2, 0] });
  const pixelsFirst = runKernel(tf, backend, 'Transpose', { x: dy }, { perm: [1, 2, 0, 3] });
  const product = runKernel(
    tf,
    backend,
    'Conv2D',
    { x: channelsFirst, filter: pixelsFirst },
    {
      strides: [1, 1],
      pad: [
        [0, 0],
        [top, bottom],
        [left, right],
        [0, 0],
      ],
      dilations: [strideHeight, strideWidth],
      dataFormat: 'NHWC',
    },
  );
  backend.disposeData(channelsFirst.dataId);
  backend.disposeData(pixelsFirst.dataId);
  const whole = runKernel(tf, backend, 'Transpose', { x: product }, { perm: [1, 2, 0, 3] });
  backend.disposeData(product.dataId);
  if (whole.shape[0] === filterHeight && whole.shape[1] === filterWidth) return whole;
  const cut = runKernel(tf, backend, 'Slice', { x: whole }, { begin: [0, 0, 0, 0], size: filterShape });
  backend.disposeData(whole.dataId);
  return cut;
}
