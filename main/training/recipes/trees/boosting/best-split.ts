/** A side with less second derivative than this has too little to say; as in scikit-learn. */
export const LEAST_HESSIAN = 1e-3;
export const NO_SPLIT = -1;

/** What a node's sums are: gradients, hessians, rows. */
export type NodeSums = { gradient: number; hessian: number; count: number };

/** The best split found so far in one block of one node. `kind` 1: missing go left; 2: by levels. */
export type Best = { gain: number; column: number; bin: number; kind: number } & NodeSums;

export function keep(
  best: Best,
  gain: number,
  column: number,
  bin: number,
  kind: number,
  gradient: number,
  hessian: number,
  count: number,
): void {
  best.gain = gain;
  best.column = column;
  best.bin = bin;
  best.kind = kind;
  best.gradient = gradient;
  best.hessian = hessian;
  best.count = count;
}
