import type { ImportFormat } from '../../../../shared/model/run-import.ts';

export const formatNames: Record<ImportFormat, string> = {
  tensorboard: 'TensorBoard event files',
  mlruns: 'MLflow folder (mlruns)',
  'mlflow-db': 'MLflow database',
  csv: 'Logs as CSV or JSON',
  wandb: 'W&B offline runs',
  clearml: 'ClearML offline sessions',
};
