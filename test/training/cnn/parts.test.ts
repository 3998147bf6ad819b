import { expect, test } from 'vitest';
import { affineOf } from '../../../main/training/recipes/cnn/augment/affine.ts';
import { augment } from '../../../main/training/recipes/cnn/augment/augment.ts';
import { elasticField } from '../../../main/training/recipes/cnn/augment/elastic.ts';
import { resample } from '../../../main/training/recipes/cnn/augment/resample.ts';
import type { LossFunction } from '../../../main/training/recipes/cnn/loss/loss.ts';
import { manyClassLoss } from '../../../main/training/recipes/cnn/loss/many-class.ts';
import { drawMix, gamma, mixRows } from '../../../main/training/recipes/cnn/loss/mix.ts';
import { smoothLabels } from '../../../main/training/recipes/cnn/loss/smooth-labels.ts';
import { squaredLoss } from '../../../main/training/recipes/cnn/loss/squared.ts';
import { twoClassLoss } from '../../../main/training/recipes/cnn/loss/two-class.ts';
import { Average } from '../../../main/training/recipes/cnn/optimizer/average.ts';
import { rateAt } from '../../../main/training/recipes/cnn/optimizer/schedule.ts';
import { unrepeatableOperations } from '../../../main/training/recipes/cnn/unrepeatable.ts';
import { createRandom } from '../../../shared/statistics/random.ts';

const size = { height: 4, width: 5, channels: 1 };
const image = Uint8Array.from({ length: 20 }, (_, i) => (i * 37) % 251);
const still = { angle: 0, zoom: 1, down: 0, right: 0, flip: false };
function mapped(change: Partial<typeof still>): number[] {
  const into = new Float32Array(20);
  resample(image, size, affineOf(size, { ...still, ...change }), null, into, 0);
  return Array.from(into);
}
const at = (y: number, x: number): number => image[Math.min(Math.max(y, 0), 3) * 5 + Math.min(Math.max(x, 0), 4)]!;
const places = Array.from({ length: 20 }, (_, i) => [Math.floor(i / 5), i % 5] as const);

test('no change leaves an image as it is; a mirrored one is mirrored; a shift repeats the edge', () => {
  expect(mapped({})).toEqual(Array.from(image));
  expect(mapped({ flip: true })).toEqual(places.map(([y, x]) => at(y, 4 - x)));
  expect(mapped({ down: 1, right: 2 })).toEqual(places.map(([y, x]) => at(y - 1, x - 2)));
});

test('half a pixel is the mean of two', () => {
  expect(mapped({ right: 0.5 })).toEqual(places.map(([y, x]) => (at(y, x) + at(y, x - 1)) / 2));
});

test('a half turn reverses both axes', () => {
  mapped({ angle: Math.PI }).forEach((value, i) => {
    const [y, x] = places[i]!;
    expect(value).toBeCloseTo(at(3 - y, 4 - x), 3);
  });
});

test('the same seed changes an image in the same way, another seed does not', () => {
  const by = { flip: false, shift: 0.2, rotate: 20, zoom: 0.2, elastic: 0.05 };
  const once = (seed: number): Float32Array => {
    const into = new Float32Array(20);
    augment(image, size, by, seed, into, 0);
    return into;
  };
  expect(once(3)).toEqual(once(3));
  expect(once(3)).not.toEqual(once(4));
});

test('an elastic field has the size it is asked for', () => {
  // In the middle, where no edge is repeated.
  const middle = 24 * 48 + 24;
  const drawn = Array.from({ length: 400 }, (_, seed) => elasticField(48, 48, 2, createRandom(seed)));
  const all = drawn.flatMap(({ down, right }) => [down[middle]!, right[middle]!]);
  const deviation = Math.sqrt(all.reduce((sum, v) => sum + v * v, 0) / all.length);
  expect(deviation).toBeGreaterThan(1.8);
  expect(deviation).toBeLessThan(2.2);
});

/** The slope of a loss against differences of its values. */
function expectSlope(loss: LossFunction, scores: number[], targets: number[], weights: number[]): void {
  const value = (changed: number[]): number =>
    loss(Float32Array.from(changed), Float32Array.from(targets), Float32Array.from(weights)).value;
  const { slope } = loss(Float32Array.from(scores), Float32Array.from(targets), Float32Array.from(weights));
  scores.forEach((_, i) => {
    const by = 2 ** -9;
    const up = scores.map((s, j) => (j === i ? s + by : s));
    const down = scores.map((s, j) => (j === i ? s - by : s));
    expect(slope[i]).toBeCloseTo((value(up) - value(down)) / (2 * by), 4);
  });
}

test.each([0, 1, 2.5])('slopes of the losses are those of their values, gamma %s', (by) => {
  expectSlope(twoClassLoss(by), [-2, -0.25, 0, 0.5, 3], [0, 1, 0.25, 0.95, 1], [0.5, 0.25, 1, 0.75, 0.5]);
  expectSlope(manyClassLoss(3, by), [0.5, -1, 2, 0.25, 0, -0.5], [1, 0, 0, 0.1, 0.7, 0.2], [0.5, 0.75]);
  expectSlope(squaredLoss, [-2, 0.5], [1, 0.25], [0.5, 2]);
});

test('loss values by hand', () => {
  const one = (loss: LossFunction, score: number[], target: number[]): number =>
    loss(Float32Array.from(score), Float32Array.from(target), Float32Array.of(1)).value;
  expect(one(twoClassLoss(0), [0], [1])).toBeCloseTo(Math.log(2), 12);
  expect(one(twoClassLoss(2), [0], [1])).toBeCloseTo(0.25 * Math.log(2), 12);
  expect(one(manyClassLoss(4, 0), [1, 1, 1, 1], [0, 1, 0, 0])).toBeCloseTo(Math.log(4), 12);
  expect(one(squaredLoss, [3], [1])).toBe(2);
  // Scores far out keep their digits.
  expect(one(twoClassLoss(0), [-200], [1])).toBeCloseTo(200, 6);
});

test('label smoothing and mixup by hand', () => {
  expect(Array.from(smoothLabels(Float32Array.of(1, 0), 1, 0.5))).toEqual([0.75, 0.25]);
  expect(Array.from(smoothLabels(Float32Array.of(1, 0, 0, 0), 4, 0.5))).toEqual([0.625, 0.125, 0.125, 0.125]);
  const mix = { partner: Int32Array.of(1, 0), share: 0.75 };
  expect(Array.from(mixRows(Float32Array.of(4, 8, 0, 0), mix))).toEqual([3, 6, 1, 2]);
});

test('a gamma number has the mean and variance of its shape', () => {
  const random = createRandom(2);
  for (const shape of [0.2, 2]) {
    const drawn = Array.from({ length: 20_000 }, () => gamma(shape, random));
    const mean = drawn.reduce((a, b) => a + b) / drawn.length;
    const variance = drawn.reduce((sum, v) => sum + (v - mean) ** 2, 0) / drawn.length;
    expect(mean / shape).toBeGreaterThan(0.95);
    expect(mean / shape).toBeLessThan(1.05);
    expect(variance / shape).toBeGreaterThan(0.85);
    expect(variance / shape).toBeLessThan(1.15);
  }
  const { share, partner } = drawMix(8, 0.2, random);
  expect(share).toBeGreaterThanOrEqual(0);
  expect(share).toBeLessThanOrEqual(1);
  expect([...partner].sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
});

test('the learning rate rises to the whole, falls to nothing, and starts anew in each cycle', () => {
  expect(rateAt(0.05, 0.1, 1)).toBeCloseTo(0.5, 12);
  expect(rateAt(0.1, 0.1, 1)).toBeCloseTo(1, 12);
  expect(rateAt(0.55, 0.1, 1)).toBeCloseTo(0.5, 12);
  expect(rateAt(1, 0.1, 1)).toBeCloseTo(0, 12);
  expect(rateAt(0.325, 0.1, 2)).toBeCloseTo(0.5, 12);
  expect(rateAt(0.55, 0.1, 2)).toBeCloseTo(1, 12);
});

test('an average is the mean of what came', () => {
  const average = new Average(2);
  for (const values of [
    [1, 4],
    [2, 4],
    [6, 1],
  ])
    average.add(Float32Array.from(values));
  expect(Array.from(average.mean())).toEqual([3, 3]);
});

test('only the gradient of filters on a card, unless it is told to be deterministic, does not repeat', () => {
  for (const engine of ['cpu', 'webgpu', 'tensorflow', 'tensorflow-gpu'] as const) {
    expect(unrepeatableOperations({ engine, deterministic: true })).toEqual([]);
    expect(unrepeatableOperations({ engine, deterministic: false })).toHaveLength(engine === 'tensorflow-gpu' ? 1 : 0);
  }
});
