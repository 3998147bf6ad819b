import type { StartFacts } from '../../../../shared/contract/training.ts';
import { AppError } from '../../../../shared/errors.ts';
import { outputsOf } from '../cnn/fit-from.ts';
import { headless } from '../cnn/layers/read-model-folder.ts';
import { type Architecture, blocksBetween, isLayered } from '../cnn/network/architecture.ts';
import { trainableCount } from '../cnn/network/frozen.ts';
import { layoutOf } from '../cnn/network/layout.ts';
import type { Part } from '../cnn/network/part.ts';
import { storedNetwork } from '../cnn/stored-network.ts';
import type { FitInput, ImageInputs, StoredModel } from '../recipe.ts';
import { type Depth, firstTrainedOf } from './depth.ts';
import { keepsHead } from './keeps-head.ts';
import { refuseDilated, withNewHead } from './with-new-head.ts';
import { withOutputs } from './with-outputs.ts';

type Target = Pick<FitInput<ImageInputs>, 'task' | 'classes'>;

/**
 * What would learn when a run of this task goes on from a stored network or from that of a model folder, and what would stay.
 * KIND_UNSUPPORTED when it is neither, or cannot learn at this depth.
 */
export function startFacts({ document }: StoredModel, target: Target, depth: Depth): StartFacts {
  const { net, head } = networkFor(document, target);
  const { height, width, channels } = net;
  const layout = layoutOf(net);
  const firstTrained = firstTrainedOf(depth, blocksBetween(net));
  if (isLayered(net)) refuseDilated(net.nodes, firstTrained);
  return {
    image: { height, width, channels },
    head,
    trainable: trainableCount(layout, firstTrained),
    weights: layout.parameterCount,
    layers: layersOf(layout.parameters, firstTrained),
  };
}

function networkFor(
  document: StoredModel['document'],
  target: Target,
): { net: Architecture; head: StartFacts['head'] } {
  if (document.kind === 'headless') {
    return { net: withNewHead(headless.parse(document), outputsOf(target)), head: 'new' };
  }
  const parsed = storedNetwork.safeParse(document);
  if (!parsed.success) {
    throw new AppError('KIND_UNSUPPORTED', 'fine-tune goes on from a network; the model of that run is none.');
  }
  const net = withOutputs(parsed.data.architecture, outputsOf(target));
  return { net, head: keepsHead(target, parsed.data) ? 'kept' : 'new' };
}

/** The parts of one layer lie together, each named by the layer and its own role. */
function layersOf(parts: Part[], firstTrained: number): StartFacts['layers'] {
  const layers: StartFacts['layers'] = [];
  for (const { name, block, size } of parts) {
    const layer = name.slice(0, name.lastIndexOf('/'));
    const last = layers.at(-1);
    if (last?.name === layer) last.weights += size;
    else layers.push({ name: layer, block, weights: size, learns: block >= firstTrained });
  }
  return layers;
}
