import { readFileSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import { loadTensors, type Tensors } from '../../../main/training/engines/load-tensors.ts';
import { cnn } from '../../../main/training/recipes/cnn/cnn.ts';
import { manyClassLoss } from '../../../main/training/recipes/cnn/loss/many-class.ts';
import { ResidualNet } from '../../../main/training/recipes/cnn/network/residual-net.ts';
import { unpacked } from '../../../main/training/recipes/cnn/stored-network.ts';
import type { FitState, ImageSamples } from '../../../main/training/recipes/recipe.ts';
import { input, train, validation } from './spots.ts';

let tf: Tensors;
beforeAll(async () => {
  tf = await loadTensors('cpu');
});

test.each(['cpu', 'wasm'])(
  'scores, gradient and statistics are those of PyTorch, and no tensor is left behind (%s)',
  async (backend) => {
    const file = new URL('../fixtures/cnn.json', import.meta.url);
    const reference = JSON.parse(readFileSync(file, 'utf8')) as Record<string, number[]> & {
      outputs: number;
      loss: number;
    };
    const { widths, outputs } = reference;
    const net = { height: 7, width: 6, channels: 2, widths: widths!, stemStride: 1, outputs };
    await tf.setBackend(backend);
    const network = new ResidualNet(tf, net);
    const weights = {
      parameters: Float32Array.from(reference.parameters!),
      statistics: new Float32Array(network.layout.statisticCount),
    };
    const targets = Float32Array.from(
      reference.labels!.flatMap((label) => [0, 1, 2].map((k) => (k === label ? 1 : 0))),
    );
    const loss = manyClassLoss(outputs, 0);
    let seen: { scores: Float32Array; value: number } = { scores: new Float32Array(), value: 0 };
    const slope = (scores: Float32Array): Float32Array => {
      const found = loss(scores, targets, new Float32Array(4).fill(0.25));
      seen = { scores, value: found.value };
      return found.slope;
    };
    const before = tf.memory().numTensors;
    const pass = await network.train(weights, Float32Array.from(reference.x!), 4, slope, null, 0);
    expect(tf.memory().numTensors).toBe(before);
    const apart = (a: Float32Array, b: number[]): number => {
      expect(a).toHaveLength(b.length);
      return b.reduce((most, value, i) => Math.max(most, Math.abs(value - a[i]!)), 0);
    };
    expect(apart(seen.scores, reference.scores!)).toBeLessThan(1e-5);
    expect(Math.abs(seen.value - reference.loss)).toBeLessThan(1e-5);
    expect(apart(pass.gradient, reference.gradient!)).toBeLessThan(1e-5);
    expect(apart(pass.statistics, reference.statistics!)).toBeLessThan(1e-5);
    await tf.setBackend('wasm');
  },
);

test('a trained network knows what it was shown; a stored one predicts the same', { timeout: 120_000 }, async () => {
  const model = await cnn.fit(input({ epochs: 12, learning_rate: 0.01, shift: 0, rotate: 0, zoom: 0 }));
  const scores = await model.predict(validation);
  const right = scores.filter((p, i) => p > 0.5 === (validation.y[i] === 1)).length;
  expect(right / validation.rows).toBeGreaterThan(0.9);
  const runtime = { engine: 'cpu', cores: 1, deterministic: true } as const;
  const again = await cnn.load({ document: model.document, weights: model.weights }, runtime);
  expect(await again.predict(validation)).toEqual(scores);
  again.dispose();
  model.dispose();
});

test('neither the number of threads nor an interruption changes a bit', { timeout: 120_000 }, async () => {
  const params = { mixup: 0.3, dropout: 0.2, elastic: 0.03, label_smoothing: 0.1 };
  const states: FitState[] = [];
  const offer = async (_: number, state: () => FitState | Promise<FitState>): Promise<void> => {
    states.push(structuredClone(await state()));
  };
  const whole = await cnn.fit(input(params, { checkpoint: { saved: null, offer } }));
  whole.dispose();
  const single = await cnn.fit(input(params, { cores: 1 }));
  single.dispose();
  expect(single.weights).toEqual(whole.weights);
  for (const saved of states) {
    const resumed = await cnn.fit(input(params, { checkpoint: { saved, async offer() {} } }));
    resumed.dispose();
    expect(resumed.weights).toEqual(whole.weights);
  }
});

test('means of stages: averaged weights, and an ensemble of snapshots', { timeout: 120_000 }, async () => {
  const averaged = await cnn.fit(input({ keep: 'average', epochs: 4 }, { validation: null }));
  expect(averaged.document.sets).toBe(1);
  averaged.dispose();
  const several = await cnn.fit(input({ ensemble: 'snapshots', snapshots: 2, epochs: 4 }));
  expect(several.document.sets).toBe(2);
  expect((await several.predict(validation)).every((p) => p >= 0 && p <= 1)).toBe(true);
  several.dispose();
});

test('numbers as targets come back in their own units', { timeout: 120_000 }, async () => {
  const numbers = (samples: ImageSamples): ImageSamples => ({ ...samples, y: samples.y.map((k) => 500 + 100 * k) });
  const wish = input(
    { epochs: 12, learning_rate: 0.01, shift: 0, rotate: 0, zoom: 0 },
    { task: 'regression', classes: [], train: numbers(train), validation: numbers(validation) },
  );
  const model = await cnn.fit(wish);
  const predicted = await model.predict(validation);
  const off = predicted.reduce((sum, value, i) => sum + Math.abs(value - 500 - 100 * validation.y[i]!), 0);
  expect(off / validation.rows).toBeLessThan(30);
  model.dispose();
});

test('averaged weights get statistics of the images as they are, without augmentation and mixup', {
  timeout: 60_000,
}, async () => {
  const still = { keep: 'average', epochs: 1, learning_rate: 1e-6, weight_decay: 0 };
  const none = { shift: 0, rotate: 0, zoom: 0, elastic: 0 };
  const statisticsOf = async (params: Record<string, number>) => {
    const model = await cnn.fit(input({ ...still, ...params }, { validation: null }));
    model.dispose();
    return unpacked(model)[0]!.statistics;
  };
  const plain = await statisticsOf(none);
  const changed = await statisticsOf({ shift: 0.4, rotate: 90, zoom: 0.8, elastic: 0, mixup: 1 });
  const apart = plain.map((v, i) => Math.abs(v - changed[i]!) / Math.max(1, Math.abs(v)));
  expect(Math.max(...apart)).toBeLessThan(1e-2);
});
