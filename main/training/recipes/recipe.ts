import type { EngineId, ParamValue, RunDetail, Task } from '../../../shared/model/run.ts';

/** Model columns of some rows of a table: `x` is row-major rows × columns. */
export type TableInputs = { kind: 'table'; x: Float64Array; rows: number; columns: number };

/**
 * Images of some rows, all of one size. `read` gives those at the positions `at` (among these rows) as bytes, row-major
 * positions × height × width × channels, into `into` when it is given.
 */
export type ImageInputs = {
  kind: 'images';
  rows: number;
  height: number;
  width: number;
  channels: number;
  read(at: Int32Array, into?: Uint8Array): Uint8Array;
};

export type Inputs = TableInputs | ImageInputs;
/** Inputs with what is true of them: `y` is the index of the class, or the target's value for regression. */
export type Samples<I extends Inputs> = I & { y: Float64Array };
export type TableSamples = Samples<TableInputs>;
export type ImageSamples = Samples<ImageInputs>;

/**
 * A column of the model's input: `value = (raw - mean) / scale`. Columns of a recipe that takes tables raw are as they were
 * read, NaN where missing; with `levels` the values are places in that list.
 */
export type ModelColumn = { name: string; mean: number; scale: number; levels?: readonly string[] };

/** What a recipe may tell while it works. */
export type Report = {
  point(key: string, step: number, value: number): void;
  log(line: string): void;
  /** Share of this fit that is done, 0 to 1. */
  progress(done: number): void;
  /** An operation was used that does not repeat exactly on this engine: the run gets a badge, the log its name. */
  nondeterministic(operation: string): void;
  /** Memory ran out and the batch was made smaller: the run gets a badge, the log both numbers. */
  smallerBatch(before: number, now: number): void;
  /** To be awaited between steps: lets messages through and throws when the run is to stop. */
  breathe(): Promise<void>;
};

/** What a fit needs to go on as if it had never been interrupted: everything that its next epoch depends on. */
export type FitState = {
  document: Record<string, unknown>;
  arrays: (Float32Array | Float64Array | Int32Array | Uint8Array)[];
};

export type Checkpoint = {
  /** Where an interrupted fit stood; null at the beginning. */
  saved: FitState | null;
  /**
   * To be called at the end of every epoch (or tree), before `breathe`. `state` is only called when a checkpoint is due; what it
   * returns is handed over, so arrays that go on changing must be copies. `score` is what early stopping looks at, the lower
   * the better: the checkpoint with the lowest is kept beside the last ones.
   */
  offer(epoch: number, state: () => FitState | Promise<FitState>, score?: number): Promise<void>;
};

/** What a model runs on. */
export type Runtime = {
  engine: EngineId;
  /** Threads it may use. */
  cores: number;
  /** Only operations that repeat exactly, where the engine has them. */
  deterministic: boolean;
};

export type FitInput<I extends Inputs> = Runtime & {
  task: Task;
  train: Samples<I>;
  /** For early stopping; recipes that need none ignore it. */
  validation: Samples<I> | null;
  /** Class labels in score order; with two, the second is the positive one. Empty for regression. */
  classes: string[];
  /** Of a table's inputs; empty for images. */
  columns: ModelColumn[];
  params: Record<string, ParamValue>;
  seed: number;
  /** When memory runs out: halve the batch and go on. */
  allowSmallerBatch: boolean;
  checkpoint: Checkpoint;
  /** The model to start from; only `fine-tune` has one. */
  start: StoredModel | null;
  report: Report;
};

export type Coefficient = NonNullable<RunDetail['coefficients']>[number];

/** A model as it lies in the vault: model.json, and weights.bin unless the document holds everything. */
export type StoredModel = { document: Record<string, unknown>; weights: Uint8Array | null };

export type Model<I extends Inputs> = StoredModel & {
  /**
   * Two classes: probability of the positive one, one per row. More: probabilities, row-major rows × classes. Regression: the
   * predicted value, one per row.
   */
  predict(inputs: I): Promise<Float64Array>;
  coefficients: Coefficient[] | null;
  /** After a fit that can tell: predictions of the training rows by parts of the model that never saw them, NaN where there are none. */
  outOfBag?: Float64Array;
  dispose(): void;
};

export type RecipeOf<I extends Inputs> = {
  input: I['kind'];
  /** Early stopping with these params: where the split has no validation part, one is carved from the training part. */
  needsValidation(params: Record<string, ParamValue>): boolean;
  fit(input: FitInput<I>): Promise<Model<I>>;
  /** The model that an earlier fit left, ready to predict. */
  load(stored: StoredModel, runtime: Runtime): Promise<Model<I>>;
};
export type TableRecipe = RecipeOf<TableInputs> & {
  /** `standard`: imputed, one column per level, standardised. `raw`: numbers and levels as they are, NaN where missing. */
  columns: 'standard' | 'raw';
};
export type ImageRecipe = RecipeOf<ImageInputs>;

/** A training procedure. Loaded only inside the trainer, so that nothing else pays for its libraries. */
export type Recipe = TableRecipe | ImageRecipe;
