import type { EngineId, ParamValue, RunDetail } from '../../../shared/model/run.ts';

/** Model columns of some rows: `x` is row-major rows × columns, `y` the class index of each row. */
export type Samples = { x: Float64Array; y: Uint16Array; rows: number; columns: number };

/** A column of the model's input: `value = (raw - mean) / scale`. */
export type ModelColumn = { name: string; mean: number; scale: number };

/** What a recipe may tell while it works. */
export type Report = {
  point(key: string, step: number, value: number): void;
  log(line: string): void;
  /** Share of this fit that is done, 0 to 1. */
  progress(done: number): void;
  /** To be awaited between steps: lets messages through and throws when the run is to stop. */
  breathe(): Promise<void>;
};

export type FitInput = {
  train: Samples;
  /** For early stopping; recipes that need none ignore it. */
  validation: Samples | null;
  /** Class labels in score order; with two, the second is the positive one. */
  classes: string[];
  columns: ModelColumn[];
  params: Record<string, ParamValue>;
  seed: number;
  engine: EngineId;
  report: Report;
};

export type Coefficient = NonNullable<RunDetail['coefficients']>[number];

export type Model = {
  /** Probabilities: of the positive class (one per row) for two classes, row-major rows × classes for more. */
  predict(x: Float64Array, rows: number): Promise<Float64Array>;
  /** Goes into model.json. */
  document: Record<string, unknown>;
  /** Goes into weights.bin; null when the document holds everything. */
  weights: Uint8Array | null;
  coefficients: Coefficient[] | null;
  dispose(): void;
};

/** A training procedure. Loaded only inside the trainer, so that nothing else pays for its libraries. */
export type Recipe = {
  /** Early stopping: where the split has no validation part, one is carved from the training part. */
  needsValidation: boolean;
  fit(input: FitInput): Promise<Model>;
};
