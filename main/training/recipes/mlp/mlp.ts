import { z } from 'zod';
import { AppError } from '../../../../shared/errors.ts';
import { auc as areaUnderRoc } from '../../../../shared/statistics/auc.ts';
import { createRandom, type Random } from '../../../../shared/statistics/random.ts';
import { loadTensors } from '../../engines/load-tensors.ts';
import { balancedWeights } from '../balanced-weights.ts';
import { inBatches } from '../out-of-memory.ts';
import type { FitInput, Model, TableInputs, TableRecipe } from '../recipe.ts';
import { parseHidden } from './hidden.ts';
import { type Loss, meanLoss } from './loss.ts';
import { type Batch, Network } from './network.ts';
import { type Progress, restoreProgress, saveProgress } from './progress.ts';

export const mlp: TableRecipe = {
  input: 'table',
  columns: 'standard',
  needsValidation: () => true,
  async fit(input) {
    const { train, validation, classes, params, report, checkpoint } = input;
    if (validation === null) throw new AppError('SPLIT_INVALID', 'mlp needs a validation part to stop on.');
    const tf = await loadTensors(input.engine, input);
    let random = createRandom(input.seed);
    const loss = lossOf(input);
    const outputs = loss.kind === 'number' ? 1 : loss.outputs;
    const unit = loss.kind === 'number' ? unitOf(train.y) : null;
    const trainY = inUnit(train.y, unit);
    const validationY = inUnit(validation.y, unit);
    const sizes = [train.columns, ...parseHidden(String(params.hidden)), outputs];
    const network = new Network(
      tf,
      {
        sizes,
        output: loss.kind,
        gamma: loss.kind === 'number' ? 0 : loss.gamma,
        dropout: Number(params.dropout),
        l2: Number(params.l2),
        learningRate: Number(params.learning_rate),
      },
      random,
    );
    const epochs = Number(params.epochs);
    const patience = Number(params.patience);
    const trainX = Float32Array.from(train.x);
    const validationX = Float32Array.from(validation.x);

    let at: Progress = {
      epoch: 0,
      batchSize: Number(params.batch_size),
      best: { epoch: 0, loss: Number.POSITIVE_INFINITY, parameters: [] },
      order: Int32Array.from({ length: train.rows }, (_, i) => i),
    };
    const trainEpoch = (): void => {
      shuffle(at.order, random);
      at.batchSize = inBatches(at.order, { ...input, batchSize: at.batchSize }, (rows) => {
        network.step(batchOf(rows, trainX, trainY, loss));
      });
      at.epoch++;
    };
    const ended = (): boolean => at.epoch === epochs || at.epoch - at.best.epoch >= patience;
    if (checkpoint.saved !== null) {
      const { random: restored, ...saved } = restoreProgress(network, checkpoint.saved);
      random = restored;
      at = saved;
      if (!ended()) trainEpoch();
    }
    for (;;) {
      const { epoch } = at;
      const trainLoss = meanLoss(await network.predict(trainX, train.rows), trainY, loss);
      const held = await network.predict(validationX, validation.rows);
      const heldLoss = meanLoss(held, validationY, loss);
      report.point('train/loss', epoch, trainLoss);
      report.point('validation/loss', epoch, heldLoss);
      if (unit !== null) report.point('validation/rmse', epoch, Math.sqrt(heldLoss) * unit.scale);
      else if (outputs === 1) {
        const auc = areaUnderRoc(validation.y, Float64Array.from(held));
        if (auc !== null) report.point('validation/auc', epoch, auc);
      }
      if (!Number.isFinite(trainLoss)) {
        throw new AppError(
          'NOT_CONVERGED',
          `The loss of the mlp is no longer a number at epoch ${epoch}; a smaller learning rate helps.`,
        );
      }
      if (heldLoss < at.best.loss) at.best = { epoch, loss: heldLoss, parameters: await network.read() };
      // Early stopping can end it sooner; the shorter of the two ways to the end is shown.
      report.progress(Math.max(epoch / epochs, Math.min(0.9, (epoch - at.best.epoch) / patience) * 0.5));
      await checkpoint.offer(epoch, () => saveProgress(network, random, at), heldLoss);
      await report.breathe();
      if (ended()) break;
      trainEpoch();
    }
    const { epoch, best } = at;
    network.write(best.parameters);
    report.log(
      `${epoch === epochs ? `Ran all ${epochs} epochs` : `Stopped at epoch ${epoch}`}; the best validation loss, ${best.loss.toFixed(4)}, is that of epoch ${best.epoch}, whose weights are kept.`,
    );
    return {
      ...predictor(network, unit),
      document: {
        kind: 'mlp',
        classes,
        unit,
        columns: input.columns,
        sizes,
        bestEpoch: best.epoch,
        weights: 'float32 little-endian: per layer fan-in × fan-out, then biases',
      },
      weights: packed(best.parameters),
      coefficients: null,
    };
  },
  async load({ document, weights }, runtime) {
    const { sizes, unit } = stored.parse(document);
    const network = new Network(
      await loadTensors(runtime.engine, runtime),
      { sizes, output: unit === null ? 'classes' : 'number', dropout: 0, l2: 0, learningRate: 0, gamma: 0 },
      createRandom(0),
    );
    network.write(unpacked(weights!, sizes));
    return { ...predictor(network, unit), document, weights, coefficients: null };
  },
};

/** What a number is measured in inside the network: standard deviations from the mean of the training part. */
type Unit = { mean: number; scale: number };

const stored = z.looseObject({
  sizes: z.array(z.int().positive()).min(2),
  unit: z.object({ mean: z.number(), scale: z.number() }).nullable().default(null),
});

function predictor(network: Network, unit: Unit | null): Pick<Model<TableInputs>, 'predict' | 'dispose'> {
  return {
    async predict({ x, rows }) {
      const outputs = Float64Array.from(await network.predict(Float32Array.from(x), rows));
      return unit === null ? outputs : outputs.map((value) => unit.mean + unit.scale * value);
    },
    dispose: () => network.dispose(),
  };
}

function unitOf(y: Float64Array): Unit {
  const mean = y.reduce((sum, value) => sum + value, 0) / y.length;
  const variance = y.reduce((sum, value) => sum + (value - mean) ** 2, 0) / y.length;
  return { mean, scale: Math.sqrt(variance) || 1 };
}

const inUnit = (y: Float64Array, unit: Unit | null): Float64Array =>
  unit === null ? y : y.map((value) => (value - unit.mean) / unit.scale);

function lossOf({ task, train, classes, params }: FitInput<TableInputs>): Loss {
  if (task === 'regression') return { kind: 'number' };
  return {
    kind: 'classes',
    outputs: classes.length === 2 ? 1 : classes.length,
    classWeights:
      params.imbalance === 'weights'
        ? balancedWeights(train.y, classes.length)
        : new Float64Array(classes.length).fill(1),
    gamma: params.imbalance === 'focal' ? Number(params.focal_gamma) : 0,
  };
}

/** Fisher–Yates. */
function shuffle(order: Int32Array, random: Random): void {
  for (let i = order.length - 1; i > 0; i--) {
    const j = random.below(i + 1);
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
}

/** Rows of a batch; the weights hold the division by the batch size, so that the gradient is that of the mean loss. */
function batchOf(rows: Int32Array, x: Float32Array, y: Float64Array, loss: Loss): Batch {
  const columns = x.length / y.length;
  const outputs = loss.kind === 'number' ? 1 : loss.outputs;
  const batch: Batch = {
    x: new Float32Array(rows.length * columns),
    target: new Float32Array(rows.length * outputs),
    weight: new Float32Array(rows.length),
    rows: rows.length,
  };
  rows.forEach((row, i) => {
    batch.x.set(x.subarray(row * columns, (row + 1) * columns), i * columns);
    const truth = y[row]!;
    if (outputs === 1) batch.target[i] = truth;
    else batch.target[i * outputs + truth] = 1;
    batch.weight[i] = (loss.kind === 'number' ? 1 : loss.classWeights[truth]!) / rows.length;
  });
  return batch;
}

/** All parameters in one buffer, as weights.bin holds them. */
function packed(parameters: Float32Array[]): Uint8Array {
  const all = new Float32Array(parameters.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const parameter of parameters) {
    all.set(parameter, at);
    at += parameter.length;
  }
  return new Uint8Array(all.buffer);
}

function unpacked(bytes: Uint8Array, sizes: number[]): Float32Array[] {
  // A copy: what comes from a file may lie at any offset of its buffer.
  const all = new Float32Array(Uint8Array.from(bytes).buffer);
  let at = 0;
  const take = (length: number): Float32Array => {
    at += length;
    return all.slice(at - length, at);
  };
  return sizes.slice(1).flatMap((out, layer) => [take(sizes[layer]! * out), take(out)]);
}
