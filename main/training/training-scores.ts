import type { Fitted } from './fit-on-rows.ts';

/** Said after where the rows are from, when out-of-bag predictions stood in. */
export const OUT_OF_BAG = ', each row by the trees that never saw it';

/**
 * Two classes: truth and scores of rows that the threshold is chosen on. When these are the rows that the model was fitted to
 * (`own`) and it can tell what it predicts without having seen each, these predictions are taken: a forest separates the rows it
 * was grown on nearly perfectly, which says nothing about others.
 */
export async function scoresToChooseOn(
  fitted: Fitted,
  rows: Int32Array,
  own: boolean,
  y: Float64Array,
): Promise<{ truth: Float64Array; scores: Float64Array; outOfBag: boolean }> {
  const { outOfBag } = fitted.model;
  const truth = Float64Array.from(rows, (i) => y[i]!);
  if (!own || outOfBag === undefined) return { truth, scores: await fitted.predict(rows), outOfBag: false };
  const known = Int32Array.from(rows.keys()).filter((at) => !Number.isNaN(outOfBag[at]!));
  return {
    truth: Float64Array.from(known, (at) => truth[at]!),
    scores: Float64Array.from(known, (at) => outOfBag[at]!),
    outOfBag: true,
  };
}
