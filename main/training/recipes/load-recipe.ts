import { AppError } from '../../../shared/errors.ts';
import type { Recipe } from './recipe.ts';

/** Loads the code of one recipe, so that `logistic` never pays for TensorFlow.js. */
export async function loadRecipe(id: string): Promise<Recipe> {
  if (id === 'logistic') return (await import('./logistic/logistic.ts')).logistic;
  if (id === 'mlp') return (await import('./mlp/mlp.ts')).mlp;
  if (id === 'linear') return (await import('./linear/linear.ts')).linear;
  if (id === 'random-forest') return (await import('./random-forest/random-forest.ts')).randomForest;
  if (id === 'gradient-boosting') return (await import('./gradient-boosting/gradient-boosting.ts')).gradientBoosting;
  if (id === 'cnn') return (await import('./cnn/cnn.ts')).cnn;
  if (id === 'fine-tune') return (await import('./fine-tune/fine-tune.ts')).fineTune;
  throw new AppError('RECIPE_NOT_FOUND', `There is no recipe "${id}".`);
}
