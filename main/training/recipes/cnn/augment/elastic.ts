import type { Random } from '../../../../../shared/statistics/random.ts';
import type { Field } from './resample.ts';

/** Smoothness of the field: standard deviation of its Gaussian, as a share of the side. */
const SMOOTHNESS = 0.08;

/**
 * A smooth random displacement (Simard et al. 2003): noise per pixel, smoothed by a Gaussian, scaled to a standard deviation of
 * `amplitude` pixels.
 */
export function elasticField(height: number, width: number, amplitude: number, random: Random): Field {
  const kernel = gaussian(SMOOTHNESS * Math.min(height, width));
  const draw = (): Float32Array => {
    const noise = Float32Array.from({ length: height * width }, () => random.normal());
    const smooth = blurRows(transpose(blurRows(noise, width, kernel), width), height, kernel);
    // Away from the edges the variance of a smoothed number is the sum of squared weights, once per axis.
    const deviation = kernel.reduce((sum, w) => sum + w * w, 0);
    return transpose(smooth, height).map((value) => (value * amplitude) / deviation);
  };
  return { down: draw(), right: draw() };
}

/** Weights from −3 to 3 standard deviations; they add up to 1. */
export function gaussian(deviation: number): Float64Array {
  const reach = Math.max(1, Math.ceil(3 * deviation));
  const weights = Float64Array.from({ length: 2 * reach + 1 }, (_, i) =>
    Math.exp(-0.5 * ((i - reach) / deviation) ** 2),
  );
  const sum = weights.reduce((a, b) => a + b, 0);
  return weights.map((weight) => weight / sum);
}

/** Each row smoothed by itself; beyond its ends it goes on as at its ends. */
function blurRows(values: Float32Array, width: number, kernel: Float64Array): Float32Array {
  const reach = (kernel.length - 1) / 2;
  const out = new Float32Array(values.length);
  for (let row = 0; row < values.length; row += width) {
    for (let j = 0; j < width; j++) {
      let sum = 0;
      for (let k = -reach; k <= reach; k++) {
        sum += kernel[k + reach]! * values[row + Math.min(Math.max(j + k, 0), width - 1)]!;
      }
      out[row + j] = sum;
    }
  }
  return out;
}

function transpose(values: Float32Array, width: number): Float32Array {
  const height = values.length / width;
  const out = new Float32Array(values.length);
  for (let i = 0; i < height; i++) {
    for (let j = 0; j < width; j++) out[j * height + i] = values[i * width + j]!;
  }
  return out;
}
