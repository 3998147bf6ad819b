import { AppError } from '../../../../shared/errors.ts';
import { auc as areaUnderRoc } from '../../../../shared/statistics/auc.ts';
import { isOutOfMemory } from '../out-of-memory.ts';
import type { FitInput, ImageInputs } from '../recipe.ts';
import { type BatchSetting, orderOf, SHARD, shardsOf } from './batches.ts';
import { startOf } from './network/frozen.ts';
import type { Weights } from './network/initial.ts';
import { layoutOf } from './network/layout.ts';
import { adamW } from './optimizer/adamw.ts';
import { Average } from './optimizer/average.ts';
import { decayed } from './optimizer/optimizer.ts';
import { rateAt } from './optimizer/schedule.ts';
import { sgd } from './optimizer/sgd.ts';
import { lossFunction } from './passes/run-shard.ts';
import type { Passes, PassSetting } from './passes/shard.ts';
import { type Progress, restoreProgress, saveProgress } from './progress.ts';

/** Share of the running statistics that each batch replaces. */
const MOMENTUM = 0.1;
const WARM_UP = 0.1;
/** Stochastic weight averaging takes the ends of the epochs of the last quarter. */
const AVERAGED = 0.25;

export type Kept = { sets: Weights[]; epoch: number; batchSize: number };

/** Trains weights on the images of `input`, from where they or a checkpoint stand, and returns what is kept of them. */
export async function fitNetwork(
  input: FitInput<ImageInputs>,
  passes: Passes,
  setting: PassSetting,
  start: Weights,
  batches: BatchSetting,
  validation: { targets: Float32Array; rowWeights: Float64Array } | null,
): Promise<Kept> {
  const { params, train, report, checkpoint } = input;
  const layout = layoutOf(setting.architecture);
  const epochs = Number(params.epochs);
  const cycles = params.ensemble === 'snapshots' ? Math.min(Number(params.snapshots), epochs) : 1;
  const patience = Number(params.patience);
  // What lies before these is frozen. It is never computed anew, since a sum of shares need not give back the same bits.
  const from = startOf(layout.parameters, setting.firstTrained);
  const fromStatistic = startOf(layout.statistics, setting.firstTrained);
  const make = params.optimizer === 'sgd' ? sgd : adamW;
  const optimizer = make(Number(params.weight_decay), decayed(layout), from);
  const average = new Average(layout.parameterCount);
  let at: Progress = {
    epoch: 0,
    steps: 0,
    batchSize: Number(params.batch_size),
    weights: { parameters: start.parameters.slice(), statistics: start.statistics.slice() },
    best: null,
    average,
    snapshots: [],
  };
  if (checkpoint.saved !== null) at = restoreProgress(checkpoint.saved, average, optimizer);
  const ended = (): boolean =>
    at.epoch === epochs || (patience > 0 && at.best !== null && at.epoch - at.best.epoch >= patience);

  while (!ended()) {
    const order = orderOf(train.rows, batches.seed, at.epoch);
    let loss = 0;
    for (let row = 0; row < order.length; ) {
      const rows = order.subarray(row, row + at.batchSize);
      const shards = shardsOf(rows, train, batches, at.epoch, Math.min(SHARD, at.batchSize));
      let result: Awaited<ReturnType<Passes['gradient']>>;
      try {
        result = await passes.gradient(at.weights, shards);
      } catch (error) {
        if (!input.allowSmallerBatch || !isOutOfMemory(error) || at.batchSize === 1) throw error;
        const before = at.batchSize;
        at.batchSize = Math.ceil(Math.min(at.batchSize, SHARD) / 2);
        report.smallerBatch(before, at.batchSize);
        continue;
      }
      const done = (at.epoch + row / order.length) / epochs;
      optimizer.step(
        at.weights.parameters,
        result.gradient,
        Number(params.learning_rate) * rateAt(done, WARM_UP, cycles),
      );
      follow(at.weights.statistics, result.statistics, MOMENTUM, fromStatistic);
      loss += (result.loss * rows.length) / order.length;
      at.steps++;
      row += rows.length;
      report.progress((at.epoch + row / order.length) / epochs);
      await report.breathe();
    }
    at.epoch++;
    report.point('train/loss', at.epoch, loss);
    if (!Number.isFinite(loss)) {
      throw new AppError(
        'NOT_CONVERGED',
        `The loss of the network is no longer a number at epoch ${at.epoch}; a smaller learning rate helps.`,
      );
    }
    if (at.epoch > (1 - AVERAGED) * epochs) average.add(at.weights.parameters);
    if (Math.floor((at.epoch * cycles) / epochs) > at.snapshots.length) at.snapshots.push(copy(at.weights));
    let heldLoss: number | undefined;
    if (validation !== null) {
      heldLoss = await measure(at.weights);
      if (at.best === null || heldLoss < at.best.loss)
        at.best = { epoch: at.epoch, loss: heldLoss, weights: copy(at.weights) };
    }
    await checkpoint.offer(at.epoch, () => saveProgress(at, optimizer), heldLoss);
    await report.breathe();
  }
  if (cycles > 1) return { sets: at.snapshots, epoch: at.epoch, batchSize: at.batchSize };
  if (params.keep === 'average' && average.count > 0) {
    const parameters = average.mean();
    parameters.set(start.parameters.subarray(0, from));
    const weights = { parameters, statistics: at.weights.statistics };
    report.log(`Kept the mean of the weights of the last ${average.count} epochs, with statistics of its own.`);
    return { sets: [await withStatistics(weights)], epoch: at.epoch, batchSize: at.batchSize };
  }
  if (params.keep === 'best' && at.best !== null) {
    report.log(
      `Kept epoch ${at.best.epoch} of ${at.epoch}, the one of lowest validation loss, ${at.best.loss.toFixed(4)}.`,
    );
    return { sets: [at.best.weights], epoch: at.best.epoch, batchSize: at.batchSize };
  }
  return { sets: [at.weights], epoch: at.epoch, batchSize: at.batchSize };

  async function measure(weights: Weights): Promise<number> {
    const held = input.validation!;
    const { targets, rowWeights } = validation!;
    const scores = await passes.scores(weights, held);
    const perRow = Float32Array.from(rowWeights, (weight) => weight / held.rows);
    const { value } = lossFunction(setting)(scores, targets, perRow);
    report.point('validation/loss', at.epoch, value);
    if (input.task === 'binary') {
      const auc = areaUnderRoc(held.y, Float64Array.from(scores));
      if (auc !== null) report.point('validation/auc', at.epoch, auc);
    }
    return value;
  }

  /** Statistics as one pass over the training images as they are, with these weights, finds them. */
  async function withStatistics(weights: Weights): Promise<Weights> {
    const order = orderOf(train.rows, batches.seed, 0);
    const sum = new Float64Array(layout.statisticCount);
    for (let row = 0; row < order.length; row += at.batchSize) {
      const rows = order.subarray(row, row + at.batchSize);
      const { statistics } = await passes.gradient(
        weights,
        shardsOf(rows, train, { ...batches, mixup: 0 }, 0, Math.min(SHARD, at.batchSize)).map((shard) => ({
          ...shard,
          seeds: null,
        })),
      );
      for (let i = 0; i < sum.length; i++) sum[i]! += (statistics[i]! * rows.length) / order.length;
      await report.breathe();
    }
    const found = Float32Array.from(sum);
    found.set(start.statistics.subarray(0, fromStatistic));
    return { parameters: weights.parameters, statistics: found };
  }
}

const copy = ({ parameters, statistics }: Weights): Weights => ({
  parameters: parameters.slice(),
  statistics: statistics.slice(),
});

/** Moves running numbers, those from `from` on, a share of the way to new ones. */
function follow(running: Float32Array, now: Float32Array, share: number, from: number): void {
  for (let i = from; i < running.length; i++) running[i]! += share * (now[i]! - running[i]!);
}
