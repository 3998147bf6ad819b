import type { StoredNetwork } from '../cnn/stored-network.ts';
import type { FitInput, ImageInputs } from '../recipe.ts';

/** Whether what the head predicts is the same: the classes in their order, or numbers. */
export function keepsHead(
  { task, classes }: Pick<FitInput<ImageInputs>, 'task' | 'classes'>,
  from: StoredNetwork,
): boolean {
  return task === from.task && classes.length === from.classes.length && classes.every((c, i) => c === from.classes[i]);
}
