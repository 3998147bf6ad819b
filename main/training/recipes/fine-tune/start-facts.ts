import type { StartFacts } from '../../../../shared/contract/training.ts';
import { AppError } from '../../../../shared/errors.ts';
import { outputsOf } from '../cnn/fit-from.ts';
import { blocksBetween } from '../cnn/network/architecture.ts';
import { trainableCount } from '../cnn/network/frozen.ts';
import { layoutOf } from '../cnn/network/layout.ts';
import { storedNetwork } from '../cnn/stored-network.ts';
import type { FitInput, ImageInputs, StoredModel } from '../recipe.ts';
import { type Depth, firstTrainedOf } from './depth.ts';
import { keepsHead } from './keeps-head.ts';
import { withOutputs } from './with-outputs.ts';

/** What would learn when a run of this task goes on from a stored network, and what would stay. KIND_UNSUPPORTED when it is none. */
export function startFacts(
  { document }: StoredModel,
  target: Pick<FitInput<ImageInputs>, 'task' | 'classes'>,
  depth: Depth,
): StartFacts {
  const parsed = storedNetwork.safeParse(document);
  if (!parsed.success) {
    throw new AppError('KIND_UNSUPPORTED', 'fine-tune goes on from a network; the model of that run is none.');
  }
  const from = parsed.data;
  const { height, width, channels } = from.architecture;
  const layout = layoutOf(withOutputs(from.architecture, outputsOf(target)));
  return {
    image: { height, width, channels },
    head: keepsHead(target, from) ? 'kept' : 'new',
    trainable: trainableCount(layout, firstTrainedOf(depth, blocksBetween(from.architecture))),
    weights: layout.parameterCount,
  };
}
