import { AppError } from '../../../../shared/errors.ts';
import { loadTensors } from '../../engines/load-tensors.ts';
import type { ImageInputs, Model, Runtime, StoredModel } from '../recipe.ts';
import { passesInProcess } from './passes/in-process.ts';
import type { Passes, PassSetting } from './passes/shard.ts';
import { passesInWorkers } from './passes/worker-pool.ts';
import { probabilitiesOf } from './probabilities.ts';
import { storedNetwork, unpacked } from './stored-network.ts';

/** Threads on the cpu engine; the others spread the work themselves. */
export async function openPasses(runtime: Runtime, setting: PassSetting): Promise<Passes> {
  if (runtime.engine === 'cpu') return passesInWorkers(setting, Math.max(1, runtime.cores));
  return passesInProcess(await loadTensors(runtime.engine, runtime), setting);
}

/** A stored network, ready to predict. */
export async function loadNetwork(stored: StoredModel, runtime: Runtime): Promise<Model<ImageInputs>> {
  const { architecture: net, pixels } = storedNetwork.parse(stored.document);
  const augmentation = { flip: false, shift: 0, rotate: 0, zoom: 0, elastic: 0 };
  const loss = { kind: 'number' } as const;
  const setting = { architecture: net, pixels, augmentation, loss, dropout: 0, firstTrained: 0 };
  return modelOf(stored, await openPasses(runtime, setting));
}

/** A network that predicts by these passes and closes them when it is done with. */
export function modelOf(stored: StoredModel, passes: Passes): Model<ImageInputs> {
  const { architecture: net, task, targetSpread: target } = storedNetwork.parse(stored.document);
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
