import { z } from 'zod';
import { AppError } from '../../../../shared/errors.ts';
import { createRandom } from '../../../../shared/statistics/random.ts';
import { loadTensors } from '../../engines/load-tensors.ts';
import type { ImageInputs, ImageRecipe, Model, Runtime, StoredModel } from '../recipe.ts';
import { fitNetwork } from './fit-network.ts';
import { classWeights } from './loss/class-weights.ts';
import { smoothLabels } from './loss/smooth-labels.ts';
import { architecture, stemStrideFor } from './network/architecture.ts';
import { initialWeights, type Weights } from './network/initial.ts';
import { layoutOf } from './network/layout.ts';
import { passesInProcess } from './passes/in-process.ts';
import type { Passes, PassSetting } from './passes/shard.ts';
import { passesInWorkers } from './passes/worker-pool.ts';
import { pixelScaleOf } from './pixel-scale.ts';
import { probabilitiesOf } from './probabilities.ts';
import { seedOf } from './seed-of.ts';
import { parseWidths } from './widths.ts';

export const cnn: ImageRecipe = {
  input: 'images',
  needsValidation: (params) => params.keep === 'best' || Number(params.patience) > 0,
  async fit(input) {
    const { params, train, validation, classes, task, report } = input;
    const outputs = task === 'multiclass' ? classes.length : 1;
    const target = task === 'regression' ? spreadOf(train.y) : { mean: 0, deviation: 1 };
    const setting: PassSetting = {
      architecture: {
        height: train.height,
        width: train.width,
        channels: train.channels,
        widths: parseWidths(String(params.widths)),
        stemStride: stemStrideFor(Math.min(train.height, train.width)),
        outputs,
      },
      pixels: pixelScaleOf(train),
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
      firstTrained: 0,
    };
    const weigh = classWeights(train.y, classes.length, task !== 'regression' && params.imbalance === 'weights');
    const weightOf = (y: Float64Array): Float64Array => y.map((k) => (task === 'regression' ? 1 : weigh[k]!));
    const targetsOf = (y: Float64Array): Float32Array =>
      task === 'regression' ? Float32Array.from(y, (v) => (v - target.mean) / target.deviation) : oneHot(y, outputs);
    const targets = targetsOf(train.y);
    const smoothing = Number(params.label_smoothing);
    const layout = layoutOf(setting.architecture);
    const passes = await openPasses(input, setting);
    try {
      report.log(`A network of ${layout.parameterCount.toLocaleString('en-US')} weights, computed ${passes.where}.`);
      const kept = await fitNetwork(
        input,
        passes,
        setting,
        initialWeights(layout, createRandom(seedOf(input.seed, 0))),
        {
          seed: input.seed,
          mixup: Number(params.mixup),
          targets: task === 'regression' ? targets : smoothLabels(targets, outputs, smoothing),
          rowWeights: weightOf(train.y),
        },
        validation === null ? null : { targets: targetsOf(validation.y), rowWeights: weightOf(validation.y) },
      );
      const document = {
        kind: 'cnn',
        task,
        classes,
        architecture: setting.architecture,
        pixels: setting.pixels,
        targetSpread: target,
        sets: kept.sets.length,
        epoch: kept.epoch,
        batchSize: kept.batchSize,
        parameters: layout.parameterCount,
        trainable: layout.parameterCount,
        weights: 'float32 little-endian, per set: parameters, then means and variances of batch normalisation',
      };
      return modelOf({ document, weights: packed(kept.sets) }, passes);
    } catch (error) {
      passes.close();
      throw error;
    }
  },
  async load(stored, runtime) {
    const { architecture: net, pixels } = storedCnn.parse(stored.document);
    const augmentation = { flip: false, shift: 0, rotate: 0, zoom: 0, elastic: 0 };
    const loss = { kind: 'number' } as const;
    const setting = { architecture: net, pixels, augmentation, loss, dropout: 0, firstTrained: 0 };
    return modelOf(stored, await openPasses(runtime, setting));
  },
};

export const storedCnn = z.looseObject({
  kind: z.literal('cnn'),
  task: z.enum(['binary', 'multiclass', 'regression']),
  classes: z.array(z.string()),
  architecture,
  pixels: z.object({ mean: z.array(z.number()), deviation: z.array(z.number()) }),
  targetSpread: z.object({ mean: z.number(), deviation: z.number() }),
  sets: z.int().positive(),
});

/** Threads on the cpu engine; the others spread the work themselves. */
export async function openPasses(runtime: Runtime, setting: PassSetting): Promise<Passes> {
  if (runtime.engine === 'cpu') return passesInWorkers(setting, Math.max(1, runtime.cores));
  return passesInProcess(await loadTensors(runtime.engine, runtime), setting);
}

function modelOf(stored: StoredModel, passes: Passes): Model<ImageInputs> {
  const { architecture: net, task, targetSpread: target } = storedCnn.parse(stored.document);
  const sets = unpacked(stored);
  return {
    ...stored,
    coefficients: null,
    async predict(images) {
      if (images.height !== net.height || images.width !== net.width || images.channels !== net.channels) {
        throw new AppError(
          'KIND_UNSUPPORTED',
          `The model takes images of ${net.width} × ${net.height} × ${net.channels}, not of ${images.width} × ${images.height} × ${images.channels}.`,
        );
      }
      const sum = new Float64Array(images.rows * net.outputs);
      for (const weights of sets) {
        const scores = await passes.scores(weights, images);
        const values =
          task === 'regression'
            ? Float64Array.from(scores, (score) => score * target.deviation + target.mean)
            : probabilitiesOf(scores, net.outputs);
        for (let i = 0; i < sum.length; i++) sum[i]! += values[i]! / sets.length;
      }
      return sum;
    },
    dispose: () => passes.close(),
  };
}

function packed(sets: Weights[]): Uint8Array {
  const all = sets.flatMap(({ parameters, statistics }) => [...parameters, ...statistics]);
  return new Uint8Array(Float32Array.from(all).buffer);
}

/** The weights of a stored model, one entry per set. */
export function unpacked({ document, weights }: StoredModel): Weights[] {
  const { architecture: net, sets } = storedCnn.parse(document);
  const { parameterCount, statisticCount } = layoutOf(net);
  const all = new Float32Array(weights!.slice().buffer);
  const each = parameterCount + statisticCount;
  return Array.from({ length: sets }, (_, s) => ({
    parameters: all.slice(s * each, s * each + parameterCount),
    statistics: all.slice(s * each + parameterCount, (s + 1) * each),
  }));
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
