import { createRandom, type Random } from '../../../../../shared/statistics/random.ts';
import { affineOf } from './affine.ts';
import type { Augmentation, Size } from './augmentation.ts';
import { elasticField } from './elastic.ts';
import { resample } from './resample.ts';

/** True when this augmentation changes nothing. */
export function isNone({ flip, shift, rotate, zoom, elastic }: Augmentation): boolean {
  return !flip && shift === 0 && rotate === 0 && zoom === 0 && elastic === 0;
}

/**
 * One image (bytes, height × width × channels), changed at random as `seed` says, into 32-bit numbers from position `at` on. All
 * changes are made in one interpolation, so that the image is not blurred twice.
 */
export function augment(
  image: Uint8Array,
  size: Size,
  augmentation: Augmentation,
  seed: number,
  into: Float32Array,
  at: number,
): void {
  const random = createRandom(seed);
  const between = (most: number): number => most * (2 * random.uniform() - 1);
  const map = affineOf(size, {
    flip: augmentation.flip && random.uniform() < 0.5,
    angle: (between(augmentation.rotate) * Math.PI) / 180,
    zoom: (1 + augmentation.zoom) ** between(1),
    down: between(augmentation.shift) * size.height,
    right: between(augmentation.shift) * size.width,
  });
  resample(image, size, map, fieldOf(size, augmentation.elastic, random), into, at);
}

function fieldOf({ height, width }: Size, elastic: number, random: Random) {
  return elastic === 0 ? null : elasticField(height, width, elastic * Math.min(height, width), random);
}
