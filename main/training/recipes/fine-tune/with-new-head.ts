import { AppError } from '../../../../shared/errors.ts';
import { headFor } from '../cnn/layers/cut-head.ts';
import type { Layered, LayerNode } from '../cnn/layers/node.ts';
import type { Headless } from '../cnn/layers/read-model-folder.ts';

/** The network of a model folder with a head for `outputs` scores, which is a block of its own, the last. */
export function withNewHead({ nodes: body, side, channels }: Headless, outputs: number): Layered {
  const last = body.at(-1)!;
  const head = headFor(last, outputs).map((node) => ({ ...node, block: last.block + 1 }));
  return { kind: 'layers', height: side, width: side, channels, outputs, nodes: [...body, ...head] };
}

/** KIND_UNSUPPORTED when a layer that is to learn has dilated filters: TensorFlow.js has no gradient for them. */
export function refuseDilated(nodes: LayerNode[], firstTrained: number): void {
  const dilated = nodes.find(({ block, settings }) => {
    const rate = settings.dilation_rate as number[] | undefined;
    return block >= firstTrained && rate?.some((by) => by !== 1);
  });
  if (dilated === undefined) return;
  throw new AppError(
    'KIND_UNSUPPORTED',
    `The layer "${dilated.name}" (${dilated.kind}) has dilated filters and cannot learn here.`,
    'Choose a smaller depth, so that it stays frozen.',
  );
}
