import { z } from 'zod';

/** Ids of the rules of docs/privacy.md that this gate applies. A report names them; the reason stays local. */
export const ruleId = z.enum([
  'X1',
  'X5',
  'S1',
  'S2',
  'S3',
  'S4',
  'S5',
  'S6',
  'S8',
  'S10',
  'S11',
  'F2',
  'F3',
  'F5',
  'F6',
]);
export type RuleId = z.infer<typeof ruleId>;

/** Metrics that can leave, with the values they can have; any other name stays. */
export const exportMetrics = {
  auc: { label: 'AUC', low: 0, high: 1 },
  'average-precision': { label: 'Average precision', low: 0, high: 1 },
  brier: { label: 'Brier score', low: 0, high: 2 },
  'log-loss': { label: 'Log loss', low: 0, high: 50 },
  'calibration-intercept': { label: 'Calibration intercept', low: -50, high: 50 },
  'calibration-slope': { label: 'Calibration slope', low: -50, high: 50 },
  accuracy: { label: 'Accuracy', low: 0, high: 1 },
  'balanced-accuracy': { label: 'Balanced accuracy', low: 0, high: 1 },
  sensitivity: { label: 'Sensitivity', low: 0, high: 1 },
  specificity: { label: 'Specificity', low: 0, high: 1 },
  ppv: { label: 'PPV', low: 0, high: 1 },
  npv: { label: 'NPV', low: 0, high: 1 },
  f1: { label: 'F1', low: 0, high: 1 },
  mcc: { label: 'MCC', low: -1, high: 1 },
} as const;
export type ExportMetric = keyof typeof exportMetrics;
export const exportMetricKeys = Object.keys(exportMetrics) as ExportMetric[];
export const exportMetric = z.enum(exportMetricKeys as [ExportMetric, ...ExportMetric[]]);

/** Public package names whose versions may be told. */
export const exportPackage = z.enum([
  '@tensorflow/tfjs-core',
  '@tensorflow/tfjs-layers',
  '@tensorflow/tfjs-backend-cpu',
  '@tensorflow/tfjs-backend-webgpu',
  '@tensorflow/tfjs-node-gpu',
  '@tensorflow/tfjs-node',
  'apache-arrow',
  'better-sqlite3',
  'ml-matrix',
  'webgpu',
]);

/** A param that can leave: a number in its range, a whole number, a yes or no, one of a list, or a short list of whole numbers. */
export type ParamRule =
  | { type: 'number' | 'integer'; min: number; max: number }
  | { type: 'boolean' }
  | { type: 'choice'; choices: readonly string[] }
  | { type: 'integers'; min: number; max: number };

const regularisation: ParamRule = { type: 'number', min: 0, max: 1e6 };
const preprocessing: Record<string, ParamRule> = { missing_indicator: { type: 'boolean' } };
/** Of main/training/recipes/shared-params.ts. */
const shared: Record<string, ParamRule> = {
  imbalance: { type: 'choice', choices: ['none', 'weights', 'focal'] },
  focal_gamma: { type: 'number', min: 0, max: 10 },
  threshold: { type: 'choice', choices: ['youden', 'sensitivity'] },
  sensitivity_target: { type: 'number', min: 0.5, max: 1 },
  ensemble: { type: 'choice', choices: ['none', 'folds', 'snapshots'] },
  importance_repeats: { type: 'integer', min: 0, max: 100 },
};

/** Params per family that can leave; a key or value that is not here stays. */
export const exportParams: Record<string, Record<string, ParamRule>> = {
  logistic: { l2: regularisation, ...shared, ...preprocessing },
  mlp: {
    hidden: { type: 'integers', min: 1, max: 4096 },
    epochs: { type: 'integer', min: 1, max: 10_000 },
    learning_rate: { type: 'number', min: 1e-6, max: 1 },
    batch_size: { type: 'integer', min: 1, max: 65_536 },
    l2: regularisation,
    dropout: { type: 'number', min: 0, max: 0.9 },
    patience: { type: 'integer', min: 1, max: 10_000 },
    /** Of version 1. */
    class_weights: { type: 'boolean' },
    ...shared,
    ...preprocessing,
  },
};
