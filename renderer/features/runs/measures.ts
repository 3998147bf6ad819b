/** A held-out metric that the runs of a recipe are ranked by. */
export type Measure = 'auc' | 'r2';

/** By what the runs of a group are ranked: those that tell classes apart by AUC, those that predict a number by R². */
export function measuresOf({ metrics }: { metrics: Record<string, unknown> }): Measure[] {
  const found = (['auc', 'r2'] as const).filter(
    (key) => metrics[`test/${key}`] !== undefined || metrics[`oof/${key}`] !== undefined,
  );
  return found.length > 0 ? found : ['auc'];
}
