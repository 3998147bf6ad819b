/** How wrong scores are, and the slope of that by each score; both are weighted sums over rows. */
export type Loss = { value: number; slope: Float32Array };

/** `scores` and `targets` are rows × outputs, `weights` one number per row. */
export type LossFunction = (scores: Float32Array, targets: Float32Array, weights: Float32Array) => Loss;
