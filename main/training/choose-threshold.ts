import { youdenThreshold } from '../../shared/statistics/threshold.ts';

/** Where a score is called positive, and how that was chosen; never on the test part. */
export type Threshold = { threshold: number | null; rule: string | null };

/** The Youden index on the given predictions (two classes only); 0.5 where every score is the same. */
export function chooseThreshold(
  classes: number,
  truth: ArrayLike<number>,
  scores: ArrayLike<number>,
  where: string,
): Threshold {
  if (classes !== 2) return { threshold: null, rule: null };
  const threshold = youdenThreshold(truth, scores);
  return threshold === null
    ? { threshold: 0.5, rule: 'fixed at 0.5, since every score is the same' }
    : { threshold, rule: `Youden index on ${where}` };
}
