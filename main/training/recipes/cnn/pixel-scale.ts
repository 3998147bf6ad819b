import type { ImageInputs } from '../recipe.ts';
import { chunksOf } from './passes/chunks.ts';
import type { PixelScale } from './passes/shard.ts';

/** Mean and standard deviation of the bytes of each channel, over all images. */
export function pixelScaleOf(images: ImageInputs): PixelScale {
  const sums = new Float64Array(images.channels);
  const squares = new Float64Array(images.channels);
  for (const at of chunksOf(images.rows)) {
    images.read(at).forEach((value, i) => {
      const channel = i % images.channels;
      sums[channel]! += value;
      squares[channel]! += value * value;
    });
  }
  const count = images.rows * images.height * images.width;
  const mean = Array.from(sums, (sum) => sum / count);
  const deviation = Array.from(squares, (square, k) => Math.sqrt(Math.max(square / count - mean[k]! ** 2, 0)) || 1);
  return { mean, deviation };
}
