import type { NamedAttrMap, Tensor, Tensor4D } from '@tensorflow/tfjs-core';
import type { z } from 'zod';
import type { Tensors } from '../../../engines/engine.ts';
import type { LayerWeight } from './node.ts';

/** Sides of what a layer takes or gives, without the rows: height, width, channels, or one number. */
export type Shape = number[];

/** What a layer computes with. */
export type LayerCall = {
  tf: Tensors;
  x: Tensor[];
  weight(name: string): Tensor;
  /** Null while the layer stands still: it then computes as in prediction, and has no gradient. */
  learning: {
    /** Whether the gradient by its inputs is asked for. */
    goesOn: boolean;
    /** 0 or 1 / (1 − rate) for every number. */
    mask(shape: number[], rate: number): Tensor;
    /** Hears the gradient by a weight, or of a weight that is followed what these images say. */
    found(name: string, value: Tensor): void;
  } | null;
};

/** What a layer gives, and the gradients by its inputs for one by its output; none where they are not asked for. */
export type Ran = { y: Tensor; back(dy: Tensor): Tensor[] };

/** A kind of layer of Keras that a network may have. */
export type LayerKind<S = unknown> = {
  /** Reads what counts of Keras' settings; what it does not know how to compute does not parse. */
  settings: z.ZodType<S>;
  weights?(settings: S, input: Shape): LayerWeight[];
  /** `null` when the layer cannot take such inputs. */
  shape(settings: S, inputs: Shape[]): Shape | null;
  run(call: LayerCall, settings: S): Ran;
};

export const layerKind = <S>(kind: LayerKind<S>): LayerKind => kind as LayerKind;

/** Runs a kernel that only gradients call, which has no function of its own. */
export const runKernel = (tf: Tensors, name: string, inputs: Record<string, Tensor>, attrs: object): Tensor4D =>
  tf.engine().runKernel(name, inputs, attrs as NamedAttrMap) as Tensor4D;
