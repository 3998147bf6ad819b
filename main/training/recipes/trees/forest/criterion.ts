/** A node's best split so far. A row goes left when its bin is at most `bin`; with `set` when its bit is set there. */
export type ForestSplit = {
  score: number;
  column: number;
  bin: number;
  missingLeft: boolean;
  /** Whether missing cells took part, so that their side was learnt. */
  sawMissing: boolean;
  set: Uint32Array | null;
};

/** What a tree is grown for. Positions are places in `order`, which holds the tree's rows. */
export type Criterion = {
  /** How often each row was drawn for the tree. */
  start(drawn: Uint8Array): void;
  /** Makes the rows at these positions the current node. False when all their targets are the same. */
  open(order: Int32Array, from: number, to: number): boolean;
  /**
   * Tries all splits of the current node on a column; the score of a better one is larger. False when the column is constant
   * here.
   */
  tryColumn(column: number, best: ForestSplit): boolean;
  /** What a leaf at the current node predicts: `width` numbers. */
  value(into: Float32Array): void;
};
