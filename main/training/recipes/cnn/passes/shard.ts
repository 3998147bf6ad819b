import type { ImageInputs } from '../../recipe.ts';
import type { Augmentation } from '../augment/augmentation.ts';
import type { Mix } from '../loss/mix.ts';
import type { Architecture } from '../network/architecture.ts';
import type { Weights } from '../network/initial.ts';

/** Part of a batch: images that are computed, and normalised, together. */
export type Shard = {
  rows: number;
  /** rows × height × width × channels */
  pixels: Uint8Array;
  /** One per image, for its augmentation; null: the images stay as they are. */
  seeds: Int32Array | null;
  mix: Mix | null;
  /** rows × outputs */
  targets: Float32Array;
  /** One per row; over a batch they add up to 1, so that the sum over its shards is the mean loss. */
  weights: Float32Array;
  /** For dropout. */
  seed: number;
};

/** Value = (byte − mean) / deviation, per channel. */
export type PixelScale = { mean: number[]; deviation: number[] };

/** What is the same for every shard of a fit. */
export type PassSetting = {
  architecture: Architecture;
  pixels: PixelScale;
  augmentation: Augmentation;
  /** Of the loss: classes by their sigmoid or softmax with the focal γ, or numbers. */
  loss: { kind: 'classes'; gamma: number } | { kind: 'number' };
  dropout: number;
  /** The first block that learns; those before run by their running statistics. */
  firstTrained: number;
};

/** Sums over the shards of a batch: gradient and loss; of the statistics the mean over its images. */
export type BatchResult = { gradient: Float32Array; statistics: Float32Array; loss: number };

/** Where passes through the network are computed. */
export type Passes = {
  /** In words, for the log. */
  where: string;
  gradient(weights: Weights, shards: Shard[]): Promise<BatchResult>;
  /** Scores of all images, rows × outputs. */
  scores(weights: Weights, images: ImageInputs): Promise<Float32Array>;
  close(): void;
};
