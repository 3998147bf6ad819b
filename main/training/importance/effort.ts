/** No more held-out rows than this are shuffled. */
export const MOST_ROWS = 10_000;
/** Scores that are held in memory at once. */
const MOST_SCORES = 5_000_000;
const FEWEST_ROWS = 500;
const FEWEST_REPEATS = 2;

/** How many rows these recipes predict in one to five seconds on one core; trees count rows × trees. */
const predictable: Record<string, number> = {
  logistic: 5_000_000,
  linear: 5_000_000,
  mlp: 2_000_000,
  'gradient-boosting': 30_000_000,
  'random-forest': 30_000_000,
};

export type Effort = { rows: number; repeats: number };

/**
 * How many rows and repeats importance gets. Rows × features × repeats stays within what takes a few seconds, or for
 * images a tenth of what the fit computes: first repeats are given up, down to two, then rows, down to 500. `trees` is how
 * many a fit has at most, 1 where there are none; `passes` are its rows × epochs. It hangs on counts and never on a clock, so
 * that a rerun does the same.
 */
export function effortFor(of: {
  recipe: string;
  images: boolean;
  rows: number;
  features: number;
  classes: number;
  trees: number;
  repeats: number;
  passes: number;
}): Effort {
  const outputs = Math.max(1, of.classes - 1);
  // A step forward and backward costs three times a prediction.
  const most = of.images
    ? Math.max(10_000, 0.3 * of.passes)
    : Math.min(MOST_SCORES, (predictable[of.recipe] ?? 1_000_000) / of.trees) / outputs;
  const rows = Math.min(of.rows, MOST_ROWS);
  const affordable = Math.floor(most / (rows * of.features));
  if (affordable >= of.repeats) return { rows, repeats: of.repeats };
  const repeats = Math.min(of.repeats, Math.max(FEWEST_REPEATS, affordable));
  const fewer = Math.floor(most / (repeats * of.features));
  return { rows: Math.min(rows, Math.max(FEWEST_ROWS, fewer)), repeats };
}
