import { describe, expect, test } from 'vitest';
import { loadTensors } from '../../main/training/engines/load-tensors.ts';
import { parseHidden } from '../../main/training/recipes/mlp/hidden.ts';
import { type Loss, meanLoss } from '../../main/training/recipes/mlp/loss.ts';
import { mlp } from '../../main/training/recipes/mlp/mlp.ts';
import { Network } from '../../main/training/recipes/mlp/network.ts';
import type { Checkpoint, FitState, TableSamples } from '../../main/training/recipes/recipe.ts';
import { rSquared } from '../../shared/statistics/r-squared.ts';
import { createRandom } from '../../shared/statistics/random.ts';
import { rmse } from '../../shared/statistics/rmse.ts';
import { fitInput, type HeardInput } from './fit-input.ts';

const random = createRandom(9);
/** Inside a ring or not: no straight line parts these; about one in five is inside. */
function ring(rows: number): TableSamples {
  const x = Float64Array.from({ length: rows * 2 }, () => 2 * random.normal());
  const y = Float64Array.from({ length: rows }, (_, i) => (Math.hypot(x[2 * i]!, x[2 * i + 1]!) < 1.3 ? 1 : 0));
  return { kind: 'table', x, y, rows, columns: 2 };
}
const train = ring(400);
const validation = ring(200);
const columns = ['a', 'b'].map((name) => ({ name, mean: 0, scale: 1 }));

function input(params: Record<string, string | number | boolean>): HeardInput {
  const usual = {
    hidden: '12',
    epochs: 60,
    learning_rate: 0.02,
    batch_size: 32,
    l2: 0,
    dropout: 0,
    patience: 60,
    imbalance: 'none',
  };
  return fitInput({ train, validation, classes: ['out', 'in'], columns, params: { ...usual, ...params }, seed: 4 });
}
const logLoss: Loss = { kind: 'classes', outputs: 1, classWeights: Float64Array.of(1, 1), gamma: 0 };
const mean = (values: Float64Array): number => values.reduce((a, b) => a + b, 0) / values.length;

test('it learns what no linear model can', async () => {
  const wish = input({});
  const model = await mlp.fit(wish);
  const areas = wish.report.points.filter(({ key }) => key === 'validation/auc').map(({ value }) => value);
  expect(Math.max(...areas)).toBeGreaterThan(0.97);
  model.dispose();
});

test('it stops after `patience` epochs without a lower validation loss and keeps the best epoch', async () => {
  const wish = input({ patience: 3, learning_rate: 0.2, epochs: 500 });
  const model = await mlp.fit(wish);
  const losses = wish.report.points.filter(({ key }) => key === 'validation/loss').map(({ value }) => value);
  const best = losses.indexOf(Math.min(...losses));
  expect(losses).toHaveLength(best + 4);
  expect(model.document.bestEpoch).toBe(best);
  const kept = Float32Array.from(await model.predict(validation));
  expect(meanLoss(kept, validation.y, logLoss)).toBe(losses[best]);
});

test('predictions are calibrated on average, and class weights spoil that', async () => {
  // With a quarter of the labels wrong there is a probability to tell, not only a side.
  const noisy = (clean: TableSamples): TableSamples => ({
    ...clean,
    y: clean.y.map((k) => (random.uniform() < 0.25 ? 1 - k : k)),
  });
  const data = { train: noisy(train), validation: noisy(validation) };
  const share = mean(Float64Array.from(data.validation.y));
  const trained = (imbalance: string) => mlp.fit({ ...input({ imbalance, patience: 10 }), ...data });
  const predicted = async (imbalance: string) => mean(await (await trained(imbalance)).predict(validation));
  expect(Math.abs((await predicted('none')) - share)).toBeLessThan(0.06);
  expect(await predicted('weights')).toBeGreaterThan(share + 0.06);
});

test('the focal loss plays down what is predicted well: its probabilities are drawn towards one half', async () => {
  const spread = async (params: Record<string, string | number>): Promise<number> => {
    const model = await mlp.fit(input(params));
    return mean((await model.predict(validation)).map((p) => Math.abs(p - 0.5)));
  };
  const plain = await spread({});
  expect(await spread({ imbalance: 'focal', focal_gamma: 0 })).toBe(plain);
  expect(await spread({ imbalance: 'focal', focal_gamma: 2 })).toBeLessThan(plain - 0.02);
});

describe('the gradient is that of the loss, by finite differences', () => {
  const rows = 12;
  const x = Float32Array.from({ length: rows * 3 }, () => random.normal());
  const classWeights = Float64Array.of(0.5, 1.5, 2);
  const cases: [string, number, Loss][] = [
    ['log-loss, two classes', 1, { kind: 'classes', outputs: 1, classWeights, gamma: 0 }],
    ['log-loss, three classes', 3, { kind: 'classes', outputs: 3, classWeights, gamma: 0 }],
    ['focal loss, two classes', 1, { kind: 'classes', outputs: 1, classWeights, gamma: 2 }],
    ['focal loss with gamma below 1', 1, { kind: 'classes', outputs: 1, classWeights, gamma: 0.5 }],
    ['focal loss, three classes', 3, { kind: 'classes', outputs: 3, classWeights, gamma: 1.5 }],
    ['squared error', 1, { kind: 'number' }],
  ];
  test.each(cases)('%s', async (_, outputs, loss) => {
    const tf = await loadTensors('cpu');
    // Without a hidden layer: a ReLU's corners have no derivative.
    const sizes = [3, outputs];
    const gamma = loss.kind === 'number' ? 0 : loss.gamma;
    const options = { sizes, output: loss.kind, dropout: 0, l2: 0, learningRate: 0, gamma };
    const network = new Network(tf, options, createRandom(4));
    const y = Float64Array.from({ length: rows }, (_, i) =>
      loss.kind === 'number' ? random.normal() : i % Math.max(2, outputs),
    );
    const batch = {
      x,
      rows,
      target: new Float32Array(rows * outputs),
      weight: Float32Array.from(y, (k) => (loss.kind === 'number' ? 1 : classWeights[k]!) / rows),
    };
    y.forEach((value, i) => {
      if (outputs === 1) batch.target[i] = value;
      else batch.target[i * outputs + value] = 1;
    });
    const gradients = await network.gradients(batch);
    const start = await network.read();
    const step = 1e-2;
    const lossAt = async (parameter: number, place: number, by: number): Promise<number> => {
      network.write(
        start.map((values, k) => values.map((value, i) => (k === parameter && i === place ? value + by : value))),
      );
      return meanLoss(await network.predict(x, rows), y, loss);
    };
    for (const [parameter, values] of start.entries()) {
      for (const place of values.keys()) {
        // Of fourth order: in 32-bit numbers a long step is needed.
        const slope =
          (8 * ((await lossAt(parameter, place, step)) - (await lossAt(parameter, place, -step))) -
            ((await lossAt(parameter, place, 2 * step)) - (await lossAt(parameter, place, -2 * step)))) /
          (12 * step);
        expect(Math.abs(slope - gradients[parameter]![place]!)).toBeLessThan(3e-4);
      }
    }
    network.dispose();
  });
});

test('a number is learnt and told in the unit of the target, whatever that is', async () => {
  const surface = (samples: TableSamples): TableSamples => ({
    ...samples,
    y: Float64Array.from(
      { length: samples.rows },
      (_, i) => 5_000 + 300 * Math.hypot(samples.x[2 * i]!, samples.x[2 * i + 1]!),
    ),
  });
  const [own, held] = [surface(train), surface(validation)];
  const wish = input({});
  const model = await mlp.fit({ ...wish, task: 'regression', classes: [], train: own, validation: held });
  const predicted = await model.predict(held);
  expect(rSquared(held.y, predicted)).toBeGreaterThan(0.95);
  const told = wish.report.points.filter(({ key }) => key === 'validation/rmse').map(({ value }) => value);
  expect(Math.min(...told)).toBeCloseTo(rmse(held.y, predicted)!, 0);
  const { document, weights } = model;
  const again = await mlp.load({ document: JSON.parse(JSON.stringify(document)), weights }, wish);
  expect(await again.predict(held)).toEqual(predicted);
});

test('a penalty shrinks the weights', async () => {
  const size = async (l2: number): Promise<number> => {
    const { weights } = await mlp.fit(input({ l2, epochs: 20 }));
    return new Float32Array(weights!.buffer).reduce((sum, w) => sum + w * w, 0);
  };
  expect(await size(0.1)).toBeLessThan(0.5 * (await size(0)));
});

test('hidden is read as layer sizes', () => {
  expect(parseHidden('64, 32')).toEqual([64, 32]);
  expect(parseHidden(' 8 4 ')).toEqual([8, 4]);
});

test('a fit that goes on from any checkpoint ends as one that was never interrupted, bit for bit', async () => {
  const params = { epochs: 8, dropout: 0.3, patience: 4 };
  const states: FitState[] = [];
  const keep: Checkpoint = {
    saved: null,
    async offer(_, state) {
      // As it comes back from a file: a later epoch must not change what was handed over.
      states.push(structuredClone(await state()));
    },
  };
  const whole = await mlp.fit({ ...input(params), checkpoint: keep });
  expect(states).toHaveLength(9);
  for (const saved of states) {
    const again = await mlp.fit({ ...input(params), checkpoint: { saved, async offer() {} } });
    expect(again.weights).toEqual(whole.weights);
    expect(again.document).toEqual(whole.document);
    again.dispose();
  }
});

test('a model that is loaded from what was stored predicts the same', async () => {
  const fitted = await mlp.fit(input({ epochs: 3 }));
  const runtime = { engine: 'cpu', cores: 1, deterministic: true } as const;
  const { document, weights } = structuredClone({ document: fitted.document, weights: fitted.weights });
  const loaded = await mlp.load({ document, weights }, runtime);
  expect(await loaded.predict(validation)).toEqual(await fitted.predict(validation));
});
