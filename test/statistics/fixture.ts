import { readFileSync } from 'node:fs';

/** A fixture by name, as `tools/statistics-references.py` wrote it; the versions that made it stand inside. */
export function fixture<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`./fixtures/${name}.json`, import.meta.url), 'utf8')) as T;
}

type Curve<Keys extends string> = Record<Keys, number[]>;

export type BinaryFixture = {
  sample: { truth: number[]; a: number[]; b: number[] };
  auc: { a: number; b: number };
  delong: { varianceA: number; varianceB: number; varianceOfDifference: number };
  roc: Curve<'falsePositiveRate' | 'truePositiveRate' | 'thresholds'>;
  precisionRecall: Curve<'precision' | 'recall' | 'thresholds'>;
  averagePrecision: number;
  brier: number;
  logLoss: number;
  calibrationIntercept: number;
  calibrationSlope: number;
  'confusionAt0.4': { trueNegative: number; falsePositive: number; falseNegative: number; truePositive: number };
  accuracy: number;
  balancedAccuracy: number;
  sensitivity: number;
  specificity: number;
  ppv: number;
  npv: number;
  f1: number;
  mcc: number;
  youden: { index: number; score: number };
  decisionCurve: Curve<'thresholds' | 'netBenefit' | 'treatAll'>;
};

export type ClusteredFixture = {
  sample: { subject: number[]; truth: number[]; a: number[]; b: number[] };
  auc: { a: number; b: number };
  varianceA: number;
  varianceB: number;
  varianceOfDifference: number;
  unclusteredVarianceA: number;
};

export type MulticlassFixture = {
  sample: { classes: number; truth: number[]; scores: number[] };
  auc: number;
  averagePrecision: number;
  brier: number;
  logLoss: number;
  accuracy: number;
  balancedAccuracy: number;
  f1: number;
  mcc: number;
  confusion: number[][];
};

export type DistributionsFixture = {
  normalUpperTail: Curve<'z' | 'p'>;
  normalQuantile: Curve<'z' | 'p'>;
  wilson: { count: number; of: number; interval: [number, number] }[];
  holm: Curve<'p' | 'adjusted'>;
  quantile: Curve<'values' | 'p' | 'quantiles'>;
  newcombe: { auc: number; positives: number; negatives: number; interval: [number, number] }[];
  xoshiro128: { state: [number, number, number, number]; outputs: number[] };
  splitmix: { seed: number; outputs: number[] };
};

type GroupSample = {
  sample: { subject: number[]; truth: number[]; scores: number[]; group: number[] };
  aucs: number[];
  p: number;
};
export type GroupsFixture = {
  chiSquare: { x: number; degrees: number; p: number }[];
  single: GroupSample;
  several: GroupSample;
};
