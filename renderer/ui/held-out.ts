import type { Estimate } from '../../shared/model/estimate.ts';
import type { RunSummary } from '../../shared/model/run.ts';

/** The held-out estimate of a metric: of the test part, or out of fold. */
export function heldOut(run: Pick<RunSummary, 'estimates'>, metric: string): Estimate | undefined {
  return run.estimates[`test/${metric}`] ?? run.estimates[`oof/${metric}`];
}

/** The part held-out numbers come from, as a column head says it. */
export function heldOutPart(runs: readonly Pick<RunSummary, 'estimates'>[]): string {
  const parts = new Set(
    runs
      .flatMap((run) => Object.keys(run.estimates).map((key) => key.split('/')[0]!))
      .filter((part) => part !== 'validation'),
  );
  if (parts.size > 1) return 'held out';
  return parts.has('oof') ? 'out of fold' : 'test';
}

const words: Record<string, string> = {
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
};

/** A metric's name as people write it; a key without one is shown as it is. */
export function metricWords(metric: string): string {
  return words[metric] ?? metric;
}
