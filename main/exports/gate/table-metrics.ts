import type { Cells } from './cells.ts';

export const decisionMetrics = [
  'accuracy',
  'balanced-accuracy',
  'sensitivity',
  'specificity',
  'ppv',
  'npv',
  'f1',
  'mcc',
] as const;
export type DecisionMetric = (typeof decisionMetrics)[number];

/** How many decimals each metric may show. */
export type Decimals = Record<DecisionMetric, number>;

const formulas: Record<DecisionMetric, (cells: Cells) => number> = {
  accuracy: ({ tp, fn, fp, tn }) => (tp + tn) / (tp + fn + fp + tn),
  'balanced-accuracy': ({ tp, fn, fp, tn }) => (tp / (tp + fn) + tn / (fp + tn)) / 2,
  sensitivity: ({ tp, fn }) => tp / (tp + fn),
  specificity: ({ fp, tn }) => tn / (fp + tn),
  ppv: ({ tp, fp }) => tp / (tp + fp),
  npv: ({ fn, tn }) => tn / (fn + tn),
  f1: ({ tp, fn, fp }) => (2 * tp) / (2 * tp + fp + fn),
  mcc: ({ tp, fn, fp, tn }) => (tp * tn - fp * fn) / Math.sqrt((tp + fp) * (tp + fn) * (tn + fp) * (tn + fn)),
};

/** The value; NaN where it is not defined. */
export const decisionValue = (key: DecisionMetric, cells: Cells): number => formulas[key](cells);
