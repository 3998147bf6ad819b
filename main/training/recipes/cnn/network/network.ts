import type { Weights } from './initial.ts';
import type { Layout } from './part.ts';

/** Gives, for scores (rows × outputs), the slope of the loss by each of them. */
export type Slope = (scores: Float32Array) => Float32Array;

export type TrainingPass = {
  gradient: Float32Array;
  /** Means and variances of these images; of frozen blocks the running ones. */
  statistics: Float32Array;
};

/**
 * A network on one engine. Weights come from outside with every call and gradients leave as one flat vector, so what trains it
 * is the same for every network and engine.
 */
export type Network = {
  layout: Layout;
  /**
   * Gradient of a loss over some images by every parameter of the blocks from `firstTrained` on (zero for those before, which
   * run by their running statistics). `x` is rows × height × width × channels; `kept` is what dropout leaves of the features,
   * rows × their number, or null; what else is random follows from `seed`.
   */
  train(
    weights: Weights,
    x: Float32Array,
    rows: number,
    slope: Slope,
    kept: Float32Array | null,
    firstTrained: number,
    seed: number,
  ): Promise<TrainingPass>;
  /** Scores (before sigmoid or softmax) by the running statistics, rows × outputs. */
  scores(weights: Weights, x: Float32Array, rows: number): Promise<Float32Array>;
};
