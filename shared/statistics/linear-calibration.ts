import { type Line, weightedLine } from './weighted-line.ts';

/**
 * Calibration of predicted numbers: the line observed = intercept + slope · predicted, by least squares. 0 and 1 are ideal; a
 * slope below 1 says that the predictions are too extreme (overfitted). Cox (1958); Steyerberg (2019), Clinical Prediction
 * Models, 2nd ed., ch. 15. null where every prediction is the same.
 */
export function linearCalibration(
  truth: ArrayLike<number>,
  scores: ArrayLike<number>,
): { intercept: number; slope: number } | null {
  const { intercept, slope } = calibrationLine(truth, scores, null);
  return Number.isNaN(slope) ? null : { intercept, slope };
}

/** The same with a multiplicity per row; NaN when it is not defined. */
export const calibrationLine = (
  truth: ArrayLike<number>,
  scores: ArrayLike<number>,
  weights: ArrayLike<number> | null,
): Line => weightedLine(scores, truth, weights);
