import type { ParamValue } from '../../shared/model/run.ts';
import { thresholdForSensitivity, youdenThreshold } from '../../shared/statistics/threshold.ts';

/** Where a score is called positive, and how that was chosen; never on the test part. */
export type Threshold = { threshold: number | null; rule: string | null };

/** Two classes: truth and scores of rows that the threshold may look at, and what those rows are, in words. */
export type ChosenOn = { truth: ArrayLike<number>; scores: ArrayLike<number>; where: string };

/**
 * By the param `threshold`: the largest Youden index, or the highest threshold with a sensitivity of at least
 * `sensitivity_target`. 0.5 where there is nothing to choose from. Two classes only.
 */
export function chooseThreshold(
  classes: number,
  { truth, scores, where }: ChosenOn,
  params: Record<string, ParamValue>,
): Threshold {
  if (classes !== 2) return { threshold: null, rule: null };
  if (params.threshold === 'sensitivity') {
    const target = Number(params.sensitivity_target);
    const threshold = thresholdForSensitivity(truth, scores, target);
    if (threshold !== null) return { threshold, rule: `sensitivity of at least ${percent(target)} on ${where}` };
  }
  const threshold = youdenThreshold(truth, scores);
  return threshold === null
    ? { threshold: 0.5, rule: 'fixed at 0.5, since every score is the same' }
    : { threshold, rule: `Youden index on ${where}` };
}

const percent = (share: number): string => `${Number((share * 100).toPrecision(4))} %`;
