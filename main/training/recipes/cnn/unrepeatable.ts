import type { Runtime } from '../recipe.ts';

/**
 * Operations of the network that do not repeat exactly. On a card cuDNN chooses among ways to add up the gradient of filters,
 * some of them in no fixed order, unless TensorFlow is told to be deterministic. Elsewhere every sum has its order.
 */
export const unrepeatableOperations = ({
  engine,
  deterministic,
}: Pick<Runtime, 'engine' | 'deterministic'>): string[] =>
  engine === 'tensorflow-gpu' && !deterministic ? ['The gradient of convolutions by their filters (cuDNN)'] : [];
