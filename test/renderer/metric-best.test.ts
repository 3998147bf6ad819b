import { expect, test } from 'vitest';
import { bestAt } from '../../renderer/ui/metric-name.ts';

test('a metric is best where the words of its name say, and nowhere when they do not', () => {
  for (const key of ['loss', 'train/loss', 'loss/train', 'val_loss', 'log-loss', 'test/brier', 'mean_squared_error'])
    expect(bestAt(key), key).toBe('smallest');
  for (const key of ['auc', 'test/auc', 'val_acc', 'average-precision', 'training_f1_score', 'r2'])
    expect(bestAt(key), key).toBe('largest');
  for (const key of ['lr', 'speed', 'calibration-slope', 'précision', 'closs', 'grad_norm'])
    expect(bestAt(key), key).toBeNull();
});
