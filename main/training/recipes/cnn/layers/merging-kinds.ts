import type { Tensor } from '@tensorflow/tfjs-core';
import { z } from 'zod';
import type { Tensors } from '../../../engines/engine.ts';
import { type LayerKind, layerKind, type Shape } from './layer-kind.ts';

/** One number per place from that of every input; a side of 1 is repeated. `back` gives the gradient by input `i`, as wide as `dy`. */
const merging = (
  merge: (tf: Tensors, x: Tensor[]) => Tensor,
  back: (tf: Tensors, x: Tensor[], dy: Tensor, i: number) => Tensor,
): LayerKind =>
  layerKind<unknown>({
    settings: z.object({}),
    shape(_, inputs) {
      const [first] = inputs;
      if (inputs.length < 2 || inputs.some((shape) => shape.length !== first!.length)) return null;
      const shape = first!.map((_, axis) => Math.max(...inputs.map((one) => one[axis]!)));
      return inputs.every((one) => one.every((side, axis) => side === 1 || side === shape[axis])) ? shape : null;
    },
    run: ({ tf, x }) => ({
      y: merge(tf, x),
      back: (dy) => x.map((one, i) => summedTo(tf, back(tf, x, dy, i), one.shape)),
    }),
  });

/** Sums over what was repeated. */
function summedTo(tf: Tensors, d: Tensor, shape: number[]): Tensor {
  const axes = shape.flatMap((side, axis) => (side === 1 && d.shape[axis] !== 1 ? [axis] : []));
  return axes.length === 0 ? d : tf.sum(d, axes, true);
}

const product = (tf: Tensors, x: Tensor[]): Tensor => x.reduce((all, one) => tf.mul(all, one));

/** Layers that take several inputs. */
export const mergingKinds: Record<string, LayerKind> = {
  Add: merging(
    (tf, x) => x.reduce((sum, one) => tf.add(sum, one)),
    (_, _x, dy) => dy,
  ),
  Multiply: merging(product, (tf, x, dy, i) => product(tf, [dy, ...x.filter((_, at) => at !== i)])),
  Concatenate: layerKind<unknown>({
    settings: z.object({ axis: z.union([z.literal(-1), z.literal(3)]).default(-1) }),
    shape(_, inputs) {
      const rest = (shape: Shape): string => shape.slice(0, -1).join();
      if (inputs.some((shape) => rest(shape) !== rest(inputs[0]!))) return null;
      return [...inputs[0]!.slice(0, -1), inputs.reduce((sum, shape) => sum + shape.at(-1)!, 0)];
    },
    run: ({ tf, x }) => ({
      y: tf.concat(x, -1),
      back(dy) {
        let at = 0;
        return x.map(({ shape }) => {
          const begin = [...shape.slice(0, -1).map(() => 0), at];
          at += shape.at(-1)!;
          return tf.slice(dy, begin, shape);
        });
      },
    }),
  }),
};
