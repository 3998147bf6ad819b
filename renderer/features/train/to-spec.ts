import { isApplicable } from '../../../shared/model/applicable-params.ts';
import type { DatasetVersion } from '../../../shared/model/dataset.ts';
import type { ParamValue, Task } from '../../../shared/model/run.ts';
import type { ParamDeclaration, RecipeDeclaration, TrainWish } from '../../../shared/model/train-spec.ts';
import { paramProblem, type TrainForm } from './form-state.ts';
import { taskOf, unfit } from './targets.ts';

export type Problems = {
  folds?: string;
  shares?: string;
  seed?: string;
  features?: string;
  target?: string;
  study?: string;
  cores?: string;
  checkpointEvery?: string;
};

/** What keeps the form from being started, field by field. A dataset of images has no features to tick. */
export function problemsOf(form: TrainForm, input: RecipeDeclaration['input'] = 'table'): Problems {
  const problems: Problems = {};
  if (form.target === '') problems.target = 'Choose the column to predict.';
  if (input === 'table' && form.features.size === 0) problems.features = 'Choose at least one column to learn from.';
  if (form.study.trim() === '') problems.study = 'A run belongs to a study.';
  const seed = Number(form.seed);
  if (!/^\d+$/.test(form.seed.trim()) || seed > 2 ** 31 - 1) problems.seed = 'A whole number from 0 to 2,147,483,647.';
  const cores = form.cores.trim();
  if (cores !== '' && !isWhole(cores, 1, 1_024)) problems.cores = 'A whole number from 1, or empty.';
  if (!isWhole(form.checkpointEvery.trim(), 1, 100_000)) problems.checkpointEvery = 'A whole number from 1.';
  if (form.split === 'folds' && !isWhole(form.folds.trim(), 2, 50)) problems.folds = 'From 2 to 50.';
  if (form.split === 'shares') {
    const shares = [form.shares.train, form.shares.validation, form.shares.test].map(Number);
    const sum = shares.reduce((total, share) => total + share, 0);
    if (shares.some((share) => !Number.isFinite(share) || share < 0)) problems.shares = 'Numbers are needed.';
    else if (shares[0] === 0 || shares[2] === 0) problems.shares = 'Train and test need a part each.';
    else if (Math.abs(sum - 100) > 0.01) problems.shares = `Together they are ${sum} %, not 100 %.`;
  }
  return problems;
}

function isWhole(text: string, from: number, to: number): boolean {
  return /^\d+$/.test(text) && Number(text) >= from && Number(text) <= to;
}

/** Params that make a difference now, in the recipe's order. */
export function shownParams(recipe: RecipeDeclaration, task: Task | null, form: TrainForm): ParamDeclaration[] {
  return recipe.params.filter((param) => isApplicable(param, task, form.params));
}

/** The form as main takes it, or null while something in it is wrong. */
export function toSpec(form: TrainForm, version: DatasetVersion, recipe: RecipeDeclaration): TrainWish | null {
  const task = taskOf(
    version.columns.find(({ name }) => name === form.target),
    form.readAs,
  );
  if (Object.keys(problemsOf(form, recipe.input)).length > 0 || unfit(recipe, task) !== null) return null;
  if (recipe.id === 'fine-tune' && form.from === null) return null;
  const params = shownParams(recipe, task, form);
  if (params.some((param) => paramProblem(param, form.params[param.name] ?? '') !== null)) return null;
  return {
    recipe: recipe.id,
    dataset: { name: version.name, version: version.version },
    target: form.target,
    task,
    features:
      recipe.input === 'images'
        ? null
        : version.columns.map((column) => column.name).filter((name) => form.features.has(name)),
    drop: [],
    params: Object.fromEntries(params.map((param) => [param.name, paramValue(param, form.params[param.name] ?? '')])),
    split: splitOf(form),
    seed: Number(form.seed),
    engine: form.engine,
    from: form.from,
    cores: form.cores.trim() === '' ? null : Number(form.cores),
    deterministic: form.deterministic,
    checkpointEvery: Number(form.checkpointEvery),
    allowSmallerBatch: form.allowSmallerBatch,
    allowNearDuplicates: form.allowNearDuplicates,
    study: form.study.trim(),
    name: form.name.trim() === '' ? null : form.name.trim(),
  };
}

function splitOf(form: TrainForm): TrainWish['split'] {
  const share = (text: string) => Number(text) / 100;
  if (form.split === 'folds') return { kind: 'folds', folds: Number(form.folds) };
  if (form.split === 'column') return { kind: 'column', column: form.splitColumn };
  const { train, validation, test } = form.shares;
  return { kind: 'shares', train: share(train), validation: share(validation), test: share(test) };
}

function paramValue(param: ParamDeclaration, text: string): ParamValue {
  if (param.type === 'boolean') return text === 'true';
  if (param.type === 'number' || param.type === 'integer') return Number(text.trim().replace(',', '.'));
  return text;
}
