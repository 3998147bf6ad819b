import type { Confusion } from './confusion.ts';

/** A proportion as its two counts; the rate is `count / of`, undefined when `of` is 0. */
export type Rate = { count: number; of: number };

export const rateKeys = ['accuracy', 'sensitivity', 'specificity', 'ppv', 'npv'] as const;
export type RateKey = (typeof rateKeys)[number];

/** The proportions of a two-class decision: each is some rows out of others, so each has a Wilson interval. */
export function ratesOf(c: Confusion): Record<RateKey, Rate> {
  const right = c.truePositive + c.trueNegative;
  return {
    accuracy: { count: right, of: right + c.falsePositive + c.falseNegative },
    sensitivity: { count: c.truePositive, of: c.truePositive + c.falseNegative },
    specificity: { count: c.trueNegative, of: c.trueNegative + c.falsePositive },
    ppv: { count: c.truePositive, of: c.truePositive + c.falsePositive },
    npv: { count: c.trueNegative, of: c.trueNegative + c.falseNegative },
  };
}

/** Mean of sensitivity and specificity; NaN without both classes. */
export function balancedAccuracy(c: Confusion): number {
  const { sensitivity, specificity } = ratesOf(c);
  return (sensitivity.count / sensitivity.of + specificity.count / specificity.of) / 2;
}
