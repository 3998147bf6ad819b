import type { ColumnProfile, ColumnRole, DatasetVersion } from '../../../shared/model/dataset.ts';
import type { EngineId, ParamValue } from '../../../shared/model/run.ts';
import type { ParamDeclaration, RecipeDeclaration, TrainSpec, TrainWish } from '../../../shared/model/train-spec.ts';

export type SplitKind = TrainSpec['split']['kind'];

/** What the person has entered; texts stay texts until they are read into a TrainSpec. */
export type TrainForm = {
  target: string;
  features: ReadonlySet<string>;
  recipe: string;
  params: Readonly<Record<string, string>>;
  split: SplitKind;
  folds: string;
  shares: { train: string; validation: string; test: string };
  splitColumn: string;
  seed: string;
  engine: EngineId | null;
  study: string;
  name: string;
};

const never: Partial<Record<ColumnRole, string>> = {
  identifier: 'identifies a person',
  subject: 'subject column',
  'free-text': 'free text',
  split: 'states the split',
};

/** Why a column cannot be ticked, or null. */
export function barredBecause(column: ColumnProfile, target: string): string | null {
  if (column.name === target) return 'the target';
  return never[column.role] ?? (column.type === 'text' ? 'text' : null);
}

/** A column with few enough values to be a class, and nobody's name. */
export function canBeTarget(column: ColumnProfile): boolean {
  return column.distinct >= 2 && column.distinct <= 20 && barredBecause(column, '') === null && column.role !== 'site';
}

/** The target that the profile suggests: one declared so, then an event, then the last two-valued column. */
export function suggestedTarget(columns: readonly ColumnProfile[]): string {
  const possible = columns.filter(canBeTarget);
  const found =
    possible.find((column) => column.role === 'target') ??
    possible.find((column) => column.role === 'event') ??
    possible.findLast((column) => column.distinct === 2) ??
    possible.at(-1);
  return found?.name ?? '';
}

export function defaultFeatures(columns: readonly ColumnProfile[], target: string): Set<string> {
  return new Set(
    columns
      .filter((column) => column.role === 'feature' && barredBecause(column, target) === null)
      .map((column) => column.name),
  );
}

export function initialForm(version: DatasetVersion, recipes: readonly RecipeDeclaration[], study: string): TrainForm {
  const target = suggestedTarget(version.columns);
  const recipe = recipes[0]!;
  const splitColumn = version.columns.find((column) => column.role === 'split')?.name ?? '';
  const small = (version.subjects ?? version.rows) < 1_000;
  return {
    target,
    features: defaultFeatures(version.columns, target),
    recipe: recipe.id,
    params: defaultParams(recipe),
    split: splitColumn !== '' ? 'column' : small ? 'folds' : 'shares',
    folds: '5',
    shares: { train: '60', validation: '20', test: '20' },
    splitColumn,
    seed: '1',
    engine: null,
    study,
    name: '',
  };
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

function paramValue(param: ParamDeclaration, text: string): ParamValue {
  if (param.type === 'boolean') return text === 'true';
  if (param.type === 'number' || param.type === 'integer') return Number(text.trim().replace(',', '.'));
  return text;
}

export type Problems = {
  folds?: string;
  shares?: string;
  seed?: string;
  features?: string;
  target?: string;
  study?: string;
};

/** What keeps the form from being started, field by field. */
export function problemsOf(form: TrainForm): Problems {
  const problems: Problems = {};
  if (form.target === '') problems.target = 'Choose the column to predict.';
  if (form.features.size === 0) problems.features = 'Choose at least one column to learn from.';
  if (form.study.trim() === '') problems.study = 'A run belongs to a study.';
  const seed = Number(form.seed);
  if (!/^\d+$/.test(form.seed.trim()) || seed > 2 ** 31 - 1) problems.seed = 'A whole number from 0 to 2,147,483,647.';
  const folds = Number(form.folds);
  if (form.split === 'folds' && !(Number.isInteger(folds) && folds >= 2 && folds <= 50))
    problems.folds = 'From 2 to 50.';
  if (form.split === 'shares') {
    const shares = [form.shares.train, form.shares.validation, form.shares.test].map(Number);
    const sum = shares.reduce((total, share) => total + share, 0);
    if (shares.some((share) => !Number.isFinite(share) || share < 0)) problems.shares = 'Numbers are needed.';
    else if (shares[0] === 0 || shares[2] === 0) problems.shares = 'Train and test need a part each.';
    else if (Math.abs(sum - 100) > 0.01) problems.shares = `Together they are ${sum} %, not 100 %.`;
  }
  return problems;
}

/** The form as main takes it, or null while something in it is wrong. */
export function toSpec(form: TrainForm, version: DatasetVersion, recipe: RecipeDeclaration): TrainWish | null {
  if (Object.keys(problemsOf(form)).length > 0) return null;
  if (recipe.params.some((param) => paramProblem(param, form.params[param.name] ?? '') !== null)) return null;
  const share = (text: string) => Number(text) / 100;
  return {
    recipe: recipe.id,
    dataset: { name: version.name, version: version.version },
    target: form.target,
    features: version.columns.map((column) => column.name).filter((name) => form.features.has(name)),
    drop: [],
    params: Object.fromEntries(
      recipe.params.map((param) => [param.name, paramValue(param, form.params[param.name] ?? '')]),
    ),
    split:
      form.split === 'folds'
        ? { kind: 'folds', folds: Number(form.folds) }
        : form.split === 'column'
          ? { kind: 'column', column: form.splitColumn }
          : {
              kind: 'shares',
              train: share(form.shares.train),
              validation: share(form.shares.validation),
              test: share(form.shares.test),
            },
    seed: Number(form.seed),
    engine: form.engine,
    study: form.study.trim(),
    name: form.name.trim() === '' ? null : form.name.trim(),
  };
}
