import { AppError } from '../../../../shared/errors.ts';
import { createRandom } from '../../../../shared/statistics/random.ts';
import { type Beginning, outputsOf } from '../cnn/fit-from.ts';
import { blocksBetween } from '../cnn/network/architecture.ts';
import { drawPart, type Weights } from '../cnn/network/initial.ts';
import { layoutOf } from '../cnn/network/layout.ts';
import { seedOf } from '../cnn/seed-of.ts';
import { storedNetwork, unpacked } from '../cnn/stored-network.ts';
import type { FitInput, ImageInputs } from '../recipe.ts';
import { beginFromFolder } from './begin-from-folder.ts';
import { type Depth, firstTrainedOf } from './depth.ts';
import { keepsHead } from './keeps-head.ts';
import { startNeeded } from './start-needed.ts';
import { takesOther } from './takes-other.ts';
import { withOutputs } from './with-outputs.ts';

/**
 * The network of `input.start`, ready to go on with the images and classes of `input`. Its size, its scale of pixels and, where
 * the classes are the same, its head stay; other classes get a new head. Of an ensemble of snapshots it takes the last.
 * PARAM_INVALID without a start, KIND_UNSUPPORTED when it is no network or takes other images.
 */
export function beginFrom(input: FitInput<ImageInputs>): Beginning {
  const { start, train, params, report } = input;
  if (start === null) throw startNeeded();
  if (start.document.kind === 'headless') return beginFromFolder(input, start);
  const parsed = storedNetwork.safeParse(start.document);
  if (!parsed.success || start.weights === null) {
    throw new AppError('KIND_UNSUPPORTED', 'fine-tune goes on from a network; the model of that run is none.');
  }
  const from = parsed.data;
  const { height, width, channels } = from.architecture;
  if (train.height !== height || train.width !== width || train.channels !== channels) {
    throw takesOther({ height, width, channels }, train);
  }
  const architecture = withOutputs(from.architecture, outputsOf(input));
  const weights = unpacked(start).at(-1)!;
  const same = keepsHead(input, from);
  if (from.sets > 1) report.log(`Of the ${from.sets} snapshots of that model the last one is the start.`);
  report.log(
    same ? 'The head of that model is the start, too.' : 'That model tells other classes apart: the head is new.',
  );
  const firstTrained = firstTrainedOf(params.depth as Depth, blocksBetween(architecture));
  return {
    architecture,
    pixels: from.pixels,
    weights: same ? weights : withNewHead(weights, architecture, input.seed),
    firstTrained,
    origin: typeof from.origin === 'string' ? from.origin : undefined,
  };
}

function withNewHead(
  { parameters: before, statistics }: Weights,
  architecture: Beginning['architecture'],
  seed: number,
): Weights {
  const layout = layoutOf(architecture);
  const head = layout.parameters.filter(({ block }) => block === layout.blocks - 1);
  const parameters = new Float32Array(layout.parameterCount);
  parameters.set(before.subarray(0, head[0]!.offset));
  const random = createRandom(seedOf(seed, 6));
  for (const part of head) drawPart(part, parameters, random);
  return { parameters, statistics };
}
