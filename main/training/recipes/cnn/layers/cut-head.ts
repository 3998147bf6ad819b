import { AppError } from '../../../../../shared/errors.ts';
import type { Built } from './build-nodes.ts';
import type { Shape } from './layer-kind.ts';
import type { LayerNode } from './node.ts';

/** Kinds that only turn scores into classes. */
const afterScores = new Set(['Activation', 'Softmax', 'Reshape', 'Flatten', 'Dropout']);
export const HEAD = 'head';

/**
 * A network without what tells its own classes apart: without its last dense layer (or convolution of what is one pixel by
 * then) and what follows. A network that ends otherwise stays whole.
 */
export function cutHead(built: Built[]): Built[] {
  let at = built.length - 1;
  while (at > 0 && afterScores.has(built[at]!.node.kind)) at--;
  const last = built[at]!.node;
  const pixel = last.kind === 'Conv2D' && last.shape[0] === 1 && last.shape[1] === 1 && last.inputs.length === 1;
  const before = built.find(({ node }) => node.name === last.inputs[0])?.node;
  const onOnePixel = pixel && before?.shape.length === 3 && before.shape[0] === 1 && before.shape[1] === 1;
  if (last.kind !== 'Dense' && !onOnePixel) return built;
  if (at === 0) {
    throw new AppError('KIND_UNSUPPORTED', 'The model folder holds one layer only, and that is the head.');
  }
  return built.slice(0, at);
}

/** Nodes that make `outputs` scores of what the last node gives: the mean over its pixels, and a dense layer. */
export function headFor(last: LayerNode, outputs: number): LayerNode[] {
  const nodes: LayerNode[] = [];
  const add = (name: string, kind: string, settings: Record<string, unknown>, shape: Shape): LayerNode => {
    const node = { name, kind, settings, inputs: [nodes.at(-1)?.name ?? last.name], weights: [], block: 0, shape };
    nodes.push(node);
    return node;
  };
  if (last.shape.length === 3) add(`${HEAD}/mean`, 'GlobalAveragePooling2D', { keepdims: false }, [last.shape[2]!]);
  else if (last.shape.length !== 1) {
    throw new AppError(
      'KIND_UNSUPPORTED',
      `The network in the model folder ends with "${last.name}", which gives neither images nor features.`,
    );
  }
  const size = last.shape.at(-1)!;
  const head = add(HEAD, 'Dense', { units: outputs, use_bias: true, activation: 'linear' }, [outputs]);
  head.weights = [
    { name: 'kernel', role: 'weight', shape: [size, outputs] },
    { name: 'bias', role: 'bias', shape: [outputs] },
  ];
  return nodes;
}
