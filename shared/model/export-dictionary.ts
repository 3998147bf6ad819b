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
  rmse: { label: 'RMSE', low: 0, high: 1e12 },
  mae: { label: 'MAE', low: 0, high: 1e12 },
  r2: { label: 'R²', low: -1e6, high: 1 },
  spearman: { label: 'Spearman', low: -1, high: 1 },
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

const batches: Record<string, ParamRule> = {
  epochs: { type: 'integer', min: 1, max: 10_000 },
  learning_rate: { type: 'number', min: 1e-6, max: 10 },
  batch_size: { type: 'integer', min: 1, max: 65_536 },
  dropout: { type: 'number', min: 0, max: 0.9 },
  patience: { type: 'integer', min: 0, max: 10_000 },
};
const trees: Record<string, ParamRule> = {
  trees: { type: 'integer', min: 1, max: 20_000 },
  max_depth: { type: 'integer', min: 0, max: 1_000 },
  min_samples_leaf: { type: 'integer', min: 1, max: 1_000_000 },
  max_bins: { type: 'integer', min: 2, max: 255 },
};

const network: Record<string, ParamRule> = {
  widths: { type: 'integers', min: 1, max: 4096 },
  ...batches,
  optimizer: { type: 'choice', choices: ['adamw', 'sgd'] },
  weight_decay: { type: 'number', min: 0, max: 10 },
  label_smoothing: { type: 'number', min: 0, max: 0.5 },
  mixup: { type: 'number', min: 0, max: 2 },
  flip: { type: 'boolean' },
  shift: { type: 'number', min: 0, max: 0.5 },
  rotate: { type: 'number', min: 0, max: 180 },
  zoom: { type: 'number', min: 0, max: 1 },
  elastic: { type: 'number', min: 0, max: 0.2 },
  keep: { type: 'choice', choices: ['best', 'last', 'average'] },
  snapshots: { type: 'integer', min: 2, max: 50 },
  size: { type: 'integer', min: 0, max: 1024 },
  ...shared,
};

/** Model families that a report names; any other recipe is left without a name. */
export const exportFamily = z.enum([
  'logistic',
  'linear',
  'mlp',
  'random-forest',
  'gradient-boosting',
  'cnn',
  'fine-tune',
]);
export type ExportFamily = z.infer<typeof exportFamily>;

/** Params per family that can leave; a key or value that is not here stays. */
export const exportParams: Record<ExportFamily, Record<string, ParamRule>> = {
  logistic: { l2: regularisation, ...shared, ...preprocessing },
  linear: { l2: regularisation, ...shared, ...preprocessing },
  'random-forest': {
    ...trees,
    max_features: { type: 'choice', choices: ['auto', 'sqrt', 'third', 'all'] },
    sample_share: { type: 'number', min: 0.01, max: 1 },
    ...shared,
    ...preprocessing,
  },
  'gradient-boosting': {
    ...trees,
    learning_rate: { type: 'number', min: 1e-4, max: 1 },
    max_leaves: { type: 'integer', min: 2, max: 4096 },
    l2: regularisation,
    patience: { type: 'integer', min: 0, max: 10_000 },
    ...shared,
    ...preprocessing,
  },
  mlp: {
    hidden: { type: 'integers', min: 1, max: 4096 },
    ...batches,
    l2: regularisation,
    /** Of version 1. */
    class_weights: { type: 'boolean' },
    ...shared,
    ...preprocessing,
  },
  cnn: network,
  'fine-tune': {
    ...network,
    depth: { type: 'choice', choices: ['head', 'last-block', 'last-two-blocks', 'all'] },
    pixels: { type: 'choice', choices: ['auto', '0-255', '0-1', '-1-1', 'imagenet', 'standardised'] },
  },
};
