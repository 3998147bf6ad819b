import { expect, test } from 'vitest';
import { shuffleInputs } from '../../../main/training/importance/shuffle-inputs.ts';
import { regions } from '../../../main/training/importance/shuffle-region.ts';
import { summarise } from '../../../main/training/importance/summarise.ts';
import type { ImageInputs } from '../../../main/training/recipes/recipe.ts';
import { createRandom } from '../../../shared/statistics/random.ts';

const none = { version: 1, features: [], dropped: [] } as const;
const rows = 120;
const [height, width, channels] = [10, 9, 3];
const size = height * width * channels;

/** Noise, with a bright spot in row 2, column 3 of the grid on the images of the second class. */
function images() {
  const random = createRandom(8);
  const truth = Float64Array.from({ length: rows }, () => random.below(2));
  const bytes = Uint8Array.from({ length: rows * size }, () => random.below(100));
  for (let i = 0; i < rows; i++) if (truth[i] === 1) bytes[i * size + (3 * width + 5) * channels] = 200;
  const inputs: ImageInputs = {
    kind: 'images',
    rows,
    height,
    width,
    channels,
    read(at, into = new Uint8Array(at.length * size)) {
      at.forEach((i, k) => {
        into.set(bytes.subarray(i * size, (i + 1) * size), k * size);
      });
      return into;
    },
  };
  return { inputs, truth };
}

/** A model that only looks at the spot. */
const predict = ({ read }: ImageInputs): Float64Array => {
  const seen = read(Int32Array.from({ length: rows }, (_, i) => i));
  return Float64Array.from({ length: rows }, (_, i) => seen[i * size + (3 * width + 5) * channels]! / 255);
};

test('the regions are a grid of 4 × 4 that covers every pixel once', () => {
  const { inputs } = images();
  const black: ImageInputs = { ...inputs, read: (at, into) => (into ?? new Uint8Array(at.length * size)).fill(0) };
  const covered = new Uint8Array(size);
  for (const region of regions) {
    let calls = 0;
    const source: ImageInputs = {
      ...black,
      read: (at, into) => (into ?? new Uint8Array(at.length * size)).fill(calls++),
    };
    const moved = shuffleInputs(source, none as never, region, Int32Array.of(0))!.read(Int32Array.of(0));
    moved.forEach((byte, i) => {
      covered[i]! += byte;
    });
  }
  expect(regions).toHaveLength(16);
  expect(covered.every((times) => times === 1)).toBe(true);
});

test('a region is taken from the other image, everything else stays; into a given buffer too', () => {
  const { inputs } = images();
  const order = Int32Array.from({ length: rows }, (_, i) => (i + 1) % rows);
  const shuffled = shuffleInputs(inputs, none as never, 'row 4, column 4', order)!;
  const at = Int32Array.of(5, 2);
  const buffer = new Uint8Array(2 * size);
  expect(shuffled.read(at, buffer)).toBe(buffer);
  const own = inputs.read(at);
  const other = inputs.read(Int32Array.of(6, 3));
  for (let k = 0; k < 2; k++) {
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const byte = (k * height + y) * width * channels + x * channels;
        const inside = y >= 7 && x >= 6;
        expect(buffer[byte]).toBe((inside ? other : own)[byte]);
      }
    }
  }
});

test('the region that a model looks at is the one that matters', () => {
  const { inputs, truth } = images();
  const random = createRandom(2);
  const order = () => Int32Array.from({ length: rows }, () => random.below(rows));
  const shuffled = regions.map((name) => ({
    name,
    repeats: [1, 2, 3].map(() => predict(shuffleInputs(inputs, none as never, name, order())!)),
  }));
  const found = summarise({ truth, classes: 2, subject: null, scores: predict(inputs), shuffled })!;
  expect(found.baseline).toBe(1);
  for (const { name, mean, low } of found.features) {
    if (name === 'row 2, column 3') expect(low).toBeGreaterThan(0.3);
    else expect(mean).toBe(0);
  }
});
