import { AppError } from '../../../shared/errors.ts';
import type { RecipeDeclaration } from '../../../shared/model/train-spec.ts';
import { cnnDeclaration } from './cnn/declaration.ts';
import { fineTuneDeclaration } from './fine-tune/declaration.ts';
import { gradientBoostingDeclaration } from './gradient-boosting/declaration.ts';
import { linearDeclaration } from './linear/declaration.ts';
import { logisticDeclaration } from './logistic/declaration.ts';
import { mlpDeclaration } from './mlp/declaration.ts';
import { randomForestDeclaration } from './random-forest/declaration.ts';

/** Every built-in recipe; the Train form, `--set`, `wardbook recipes` and the record follow from these. */
export const recipeDeclarations: RecipeDeclaration[] = [
  logisticDeclaration,
  linearDeclaration,
  mlpDeclaration,
  randomForestDeclaration,
  gradientBoostingDeclaration,
  cnnDeclaration,
  fineTuneDeclaration,
];

/** RECIPE_NOT_FOUND, naming those there are. */
export function findRecipe(id: string): RecipeDeclaration {
  const found = recipeDeclarations.find((declaration) => declaration.id === id);
  if (found) return found;
  const known = recipeDeclarations.map((declaration) => declaration.id).join(', ');
  throw new AppError('RECIPE_NOT_FOUND', `There is no recipe "${id}"; the recipes are ${known}.`);
}
