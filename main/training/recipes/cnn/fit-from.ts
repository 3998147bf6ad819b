import type { FitInput, ImageInputs, Model } from '../recipe.ts';
import { fitNetwork } from './fit-network.ts';
import { classWeights } from './loss/class-weights.ts';
import { smoothLabels } from './loss/smooth-labels.ts';
import { type Architecture, isLayered } from './network/architecture.ts';
import { trainableCount } from './network/frozen.ts';
import type { Weights } from './network/initial.ts';
import { layoutOf } from './network/layout.ts';
import { modelOf, openPasses } from './network-model.ts';
import type { PassSetting, PixelScale } from './passes/shard.ts';
import { packed } from './stored-network.ts';
import { unrepeatableOperations } from './unrepeatable.ts';

/** A network as training finds it; blocks before `firstTrained` are frozen. */
export type Beginning = {
  architecture: Architecture;
  pixels: PixelScale;
  weights: Weights;
  firstTrained: number;
  /** SHA-256 of the model folder that the network came from, for the model's document. */
  origin?: string | undefined;
};

/** One score for two classes or a number, otherwise one per class. */
export const outputsOf = ({ task, classes }: Pick<FitInput<ImageInputs>, 'task' | 'classes'>): number =>
  task === 'multiclass' ? classes.length : 1;

/** Trains a network from where it stands, as the params of `input` say, and keeps it as a model. */
export async function fitFrom(
  input: FitInput<ImageInputs>,
  { architecture, pixels, weights, firstTrained, origin }: Beginning,
): Promise<Model<ImageInputs>> {
  const { params, train, validation, classes, task, report } = input;
  const { outputs } = architecture;
  const target = task === 'regression' ? spreadOf(train.y) : { mean: 0, deviation: 1 };
  const setting: PassSetting = {
    architecture,
    pixels,
    augmentation: {
      flip: params.flip === true,
      shift: Number(params.shift),
      rotate: Number(params.rotate),
      zoom: Number(params.zoom),
      elastic: Number(params.elastic),
    },
    loss:
      task === 'regression'
        ? { kind: 'number' }
        : { kind: 'classes', gamma: params.imbalance === 'focal' ? Number(params.focal_gamma) : 0 },
    dropout: Number(params.dropout),
    firstTrained,
  };
  const weigh = classWeights(train.y, classes.length, task !== 'regression' && params.imbalance === 'weights');
  const weightOf = (y: Float64Array): Float64Array => y.map((k) => (task === 'regression' ? 1 : weigh[k]!));
  const targetsOf = (y: Float64Array): Float32Array =>
    task === 'regression' ? Float32Array.from(y, (v) => (v - target.mean) / target.deviation) : oneHot(y, outputs);
  const targets = targetsOf(train.y);
  const smoothing = Number(params.label_smoothing);
  const layout = layoutOf(architecture);
  const trainable = trainableCount(layout, firstTrained);
  for (const operation of unrepeatableOperations(input)) report.nondeterministic(operation);
  const passes = await openPasses(input, setting);
  try {
    report.log(`A network of ${layout.parameterCount.toLocaleString('en-US')} weights, computed ${passes.where}.`);
    const kept = await fitNetwork(
      input,
      passes,
      setting,
      weights,
      {
        seed: input.seed,
        mixup: Number(params.mixup),
        targets: task === 'regression' ? targets : smoothLabels(targets, outputs, smoothing),
        rowWeights: weightOf(train.y),
      },
      validation === null ? null : { targets: targetsOf(validation.y), rowWeights: weightOf(validation.y) },
    );
    const document = {
      kind: isLayered(architecture) ? 'layers' : 'cnn',
      task,
      classes,
      architecture,
      pixels,
      targetSpread: target,
      sets: kept.sets.length,
      epoch: kept.epoch,
      batchSize: kept.batchSize,
      parameters: layout.parameterCount,
      trainable,
      ...(origin === undefined ? {} : { origin }),
      weights: 'float32 little-endian, per set: parameters, then means and variances of batch normalisation',
    };
    return modelOf({ document, weights: packed(kept.sets) }, passes);
  } catch (error) {
    passes.close();
    throw error;
  }
}

function oneHot(y: Float64Array, outputs: number): Float32Array {
  if (outputs === 1) return Float32Array.from(y);
  const targets = new Float32Array(y.length * outputs);
  y.forEach((k, row) => {
    targets[row * outputs + k] = 1;
  });
  return targets;
}

function spreadOf(y: Float64Array): { mean: number; deviation: number } {
  const mean = y.reduce((a, b) => a + b, 0) / y.length;
  const variance = y.reduce((sum, value) => sum + (value - mean) ** 2, 0) / y.length;
  return { mean, deviation: Math.sqrt(variance) || 1 };
}
