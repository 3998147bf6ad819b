import type { Task } from '../../shared/model/run.ts';

/** How a metric is called on a screen: `test/auc` is AUC of the test part. */
export type MetricName = { name: string; part: string };

const names: Record<string, string> = {
  auc: 'AUC',
  'average-precision': 'PR AUC',
  brier: 'Brier',
  'log-loss': 'Log loss',
  'calibration-intercept': 'Calibration intercept',
  'calibration-slope': 'Calibration slope',
  accuracy: 'Accuracy',
  'balanced-accuracy': 'Balanced accuracy',
  sensitivity: 'Sensitivity',
  specificity: 'Specificity',
  ppv: 'PPV',
  npv: 'NPV',
  f1: 'F1',
  mcc: 'MCC',
  loss: 'Loss',
  rmse: 'RMSE',
  mae: 'MAE',
  r2: 'R²',
  spearman: 'Spearman',
  'net-benefit': 'Net benefit',
};

const parts: Record<string, string> = {
  train: 'train',
  validation: 'val.',
  test: 'test',
  oof: 'out of fold',
  system: '',
};

/** `part` is empty for a key without one. */
export function metricName(key: string): MetricName {
  const slash = key.indexOf('/');
  const part = slash < 0 ? '' : key.slice(0, slash);
  if (part !== '' && parts[part] === undefined) return { name: key, part: '' };
  const own = slash < 0 ? key : key.slice(slash + 1);
  return { name: names[own] ?? own, part: parts[part] ?? '' };
}

type Estimates<T> = Record<string, T>;

/** The held-out estimate of a key without part: of the test part, or out of fold. */
export function heldOut<T>(estimates: Estimates<T>, key: string): T | undefined {
  return estimates[`test/${key}`] ?? estimates[`oof/${key}`];
}

/** The part that held-out numbers of these runs come from, as the head of a column says it. */
export function heldOutPart(runs: readonly { estimates: Estimates<unknown> }[]): string {
  const keys = runs.flatMap((run) => Object.keys(run.estimates));
  const folded = keys.some((key) => key.startsWith('oof/'));
  const tested = keys.some((key) => key.startsWith('test/'));
  return folded && tested ? 'held out' : folded ? parts.oof! : parts.test!;
}

const lossWords = /(?:^|[/_-])(?:loss|brier|error|mae|mse|rmse|perplexity)(?:[/_-]|$)/i;
const gainWords =
  /(?:^|[/_-])(?:auc|auroc|average-precision|accuracy|acc|precision|recall|sensitivity|specificity|ppv|npv|f1|mcc|r2|spearman|kappa|dice|iou)(?:[/_-]|$)/i;

/** Where a metric is best, by the words of its name; null when they do not say, for nobody should be shown a guess. */
export function bestAt(key: string): 'smallest' | 'largest' | null {
  return lossWords.test(key) ? 'smallest' : gainWords.test(key) ? 'largest' : null;
}

/** The held-out metric that a run of this task is known by, without part. */
export function mainMetric(task: Task | null): string {
  return task === 'regression' ? 'r2' : 'auc';
}
