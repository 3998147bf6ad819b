import type { WorstRows } from '../../../shared/contract/runs.ts';
import { fixed, plain } from '../../../shared/format.ts';

export type WorstRow = WorstRows['rows'][number];

const LEAST = 0.001;

/** The probability that the model gave the true class: `0.024`, `<0.001`. */
export function probability(score: number): string {
  return score < LEAST ? `<${LEAST}` : fixed(score, 3);
}

/** Rows and folds as a person counts them, from 1. */
export const rowNumber = ({ row }: WorstRow): number => row + 1;
export const partOf = ({ fold }: WorstRow, part: WorstRows['part']): string =>
  fold === null ? part : `fold ${fold + 1}`;

/** A true or predicted value: a class as it is, a number in the unit of the target. */
export const valueWords = (value: string | number): string => (typeof value === 'number' ? plain(value) : value);

/** What the numbers of a row are called: its loss, and how near the model was to the truth. */
export function headsOf({ classes }: WorstRows): { score: string | null; loss: string } {
  return classes.length === 0
    ? { score: null, loss: 'Absolute error' }
    : { score: 'Probability of the truth', loss: 'Log loss' };
}

export const lossWords = (loss: number, { classes }: WorstRows): string =>
  classes.length === 0 ? plain(loss) : fixed(loss, 2);
