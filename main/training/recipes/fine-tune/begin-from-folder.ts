import { AppError } from '../../../../shared/errors.ts';
import { createRandom } from '../../../../shared/statistics/random.ts';
import { type Beginning, outputsOf } from '../cnn/fit-from.ts';
import type { LayerNode } from '../cnn/layers/node.ts';
import { headless } from '../cnn/layers/read-model-folder.ts';
import { blocksBetween } from '../cnn/network/architecture.ts';
import { drawPart } from '../cnn/network/initial.ts';
import { layoutOf } from '../cnn/network/layout.ts';
import type { PixelScale } from '../cnn/passes/shard.ts';
import { pixelScaleOf } from '../cnn/pixel-scale.ts';
import { seedOf } from '../cnn/seed-of.ts';
import type { FitInput, ImageInputs, StoredModel } from '../recipe.ts';
import { type Depth, firstTrainedOf } from './depth.ts';
import type { PixelChoice } from './pixels.ts';
import { takesOther } from './takes-other.ts';
import { refuseDilated, withNewHead } from './with-new-head.ts';

/**
 * The network of a model folder with a new head for the classes of `input`. KIND_UNSUPPORTED when it takes other images, or a
 * layer that is to learn has no gradient; PARAM_INVALID for pixel values that such images do not have.
 */
export function beginFromFolder(input: FitInput<ImageInputs>, start: StoredModel): Beginning {
  const folder = headless.parse(start.document);
  const { nodes: body, side, channels, origin } = folder;
  const { train, params, report, seed } = input;
  if (train.height !== side || train.width !== side || train.channels !== channels) {
    throw takesOther({ height: side, width: side, channels }, train);
  }
  const blocks = body.at(-1)!.block + 1;
  const architecture = withNewHead(folder, outputsOf(input));
  const { nodes } = architecture;
  const layout = layoutOf(architecture);
  const given = new Float32Array(start.weights!.slice().buffer);
  const parameters = new Float32Array(layout.parameterCount);
  const head = layout.parameters.filter(({ block }) => block === blocks);
  parameters.set(given.subarray(0, head[0]!.offset));
  const random = createRandom(seedOf(seed, 6));
  for (const part of head) drawPart(part, parameters, random);
  const firstTrained = firstTrainedOf(params.depth as Depth, blocksBetween(architecture));
  refuseDilated(nodes, firstTrained);
  report.log(`The network of the model folder has ${blocks - 1} blocks; its head is replaced by one for this target.`);
  const first = nodes.find(({ block }) => block >= firstTrained)!;
  if (firstTrained > 0 && firstTrained < blocks) report.log(`What learns begins with the layer "${first.name}".`);
  return {
    architecture,
    pixels: pixelsFor(String(params.pixels) as PixelChoice, body, input),
    weights: { parameters, statistics: given.slice(head[0]!.offset) },
    firstTrained,
    origin,
  };
}

const SCALES: Record<Exclude<PixelChoice, 'auto' | 'standardised'>, PixelScale> = {
  '0-255': { mean: [0], deviation: [1] },
  '0-1': { mean: [0], deviation: [255] },
  '-1-1': { mean: [127.5], deviation: [127.5] },
  // Means and standard deviations of ImageNet's red, green and blue, as torchvision has them.
  imagenet: { mean: [123.675, 116.28, 103.53], deviation: [58.395, 57.12, 57.375] },
};

function pixelsFor(choice: PixelChoice, body: LayerNode[], { train, report }: FitInput<ImageInputs>): PixelScale {
  if (choice === 'standardised') return pixelScaleOf(train);
  let scale = choice;
  if (scale === 'auto') {
    const scalesItself = body[0]!.kind === 'Rescaling';
    scale = scalesItself ? '0-255' : '0-1';
    report.log(
      `Its pixels are ${scalesItself ? '0 to 255, since it scales them itself' : 'taken to be 0 to 1; the param pixels says otherwise'}.`,
    );
  }
  const { mean, deviation } = SCALES[scale];
  const each = (of: number[]): number[] => Array<number>(train.channels).fill(of[0]!);
  if (mean.length === 1) return { mean: each(mean), deviation: each(deviation) };
  if (train.channels === mean.length) return { mean, deviation };
  throw new AppError('PARAM_INVALID', `pixels is "${scale}", which is for colour; this network takes grey images.`);
}
