import type { DatasetVersion } from '../../../shared/model/dataset.ts';
import type { EngineId } from '../../../shared/model/run.ts';
import type { ParamDeclaration, RecipeDeclaration, TrainSpec } from '../../../shared/model/train-spec.ts';
import { defaultFeatures, fittingRecipe, type ReadAs, suggestedTarget, taskOf, waysToRead } from './targets.ts';

export type SplitKind = TrainSpec['split']['kind'];

/** What the person has entered; texts stay texts until they are read into a TrainSpec. */
export type TrainForm = {
  target: string;
  readAs: ReadAs;
  features: ReadonlySet<string>;
  recipe: string;
  params: Readonly<Record<string, string>>;
  /** Where `fine-tune` starts. */
  from: TrainSpec['from'];
  split: SplitKind;
  folds: string;
  shares: { train: string; validation: string; test: string };
  splitColumn: string;
  seed: string;
  engine: EngineId | null;
  /** Empty: what the recipe takes by default. */
  cores: string;
  deterministic: boolean;
  checkpointEvery: string;
  allowSmallerBatch: boolean;
  allowNearDuplicates: boolean;
  study: string;
  name: string;
};

/** Recipes that learn from this kind of dataset. */
export function recipesFor(version: DatasetVersion, recipes: readonly RecipeDeclaration[]): RecipeDeclaration[] {
  const kind = version.kind === 'images' ? 'images' : 'table';
  return recipes.filter((recipe) => recipe.input === kind);
}

export function initialForm(version: DatasetVersion, recipes: readonly RecipeDeclaration[], study: string): TrainForm {
  const target = suggestedTarget(version.columns);
  const column = version.columns.find(({ name }) => name === target);
  const readAs = (column && waysToRead(column)[0]) ?? 'classes';
  const recipe = fittingRecipe(recipes, recipes[0]?.id ?? '', taskOf(column, readAs));
  const splitColumn = version.columns.find(({ role }) => role === 'split')?.name ?? '';
  const small = (version.subjects ?? version.rows) < 1_000;
  return {
    target,
    readAs,
    features: defaultFeatures(version.columns, target),
    recipe: recipe?.id ?? '',
    params: recipe ? defaultParams(recipe) : {},
    from: null,
    split: splitColumn !== '' ? 'column' : small && version.kind === 'table' ? 'folds' : 'shares',
    folds: '5',
    shares: { train: '60', validation: '20', test: '20' },
    splitColumn,
    seed: '1',
    engine: null,
    cores: '',
    deterministic: true,
    checkpointEvery: '1',
    allowSmallerBatch: false,
    allowNearDuplicates: false,
    study,
    name: '',
  };
}

/** The form with another target, and with what follows from it: features, how it is read, a recipe that fits. */
export function withTarget(
  form: TrainForm,
  version: DatasetVersion,
  recipes: readonly RecipeDeclaration[],
  target: string,
  as?: ReadAs,
): TrainForm {
  const column = version.columns.find(({ name }) => name === target);
  const readAs = as ?? (column && waysToRead(column)[0]) ?? 'classes';
  const features = target === form.target ? form.features : defaultFeatures(version.columns, target);
  return withRecipe({ ...form, target, readAs, features }, fittingRecipe(recipes, form.recipe, taskOf(column, readAs)));
}

/** The form with another recipe: its own params at their defaults, those of the same name kept. */
export function withRecipe(form: TrainForm, recipe: RecipeDeclaration | undefined): TrainForm {
  if (!recipe || recipe.id === form.recipe) return form;
  const shared = ['imbalance', 'focal_gamma', 'threshold', 'sensitivity_target', 'importance_repeats'];
  const kept = Object.entries(form.params).filter(([name]) => shared.includes(name));
  const defaults = defaultParams(recipe);
  const params = { ...defaults };
  for (const [name, text] of kept) {
    const param = recipe.params.find((one) => one.name === name);
    if (param && paramProblem(param, text) === null && (param.choices === null || param.choices.includes(text)))
      params[name] = text;
  }
  return { ...form, recipe: recipe.id, params, engine: null, from: null };
}

export function defaultParams(recipe: RecipeDeclaration): Record<string, string> {
  return Object.fromEntries(recipe.params.map((param) => [param.name, String(param.default)]));
}

/** What is wrong with a text entered for a param, or null. */
export function paramProblem(param: ParamDeclaration, text: string): string | null {
  if (param.type === 'text' || param.type === 'boolean' || param.type === 'choice') return null;
  const value = Number(text.trim().replace(',', '.'));
  if (text.trim() === '' || !Number.isFinite(value)) return 'A number is needed.';
  if (param.type === 'integer' && !Number.isInteger(value)) return 'A whole number is needed.';
  if (param.min !== null && value < param.min) return `At least ${param.min}.`;
  if (param.max !== null && value > param.max) return `At most ${param.max}.`;
  return null;
}
