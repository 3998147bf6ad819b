import { noCheckpoints } from '../../../main/training/checkpoints.ts';
import type { FitContext } from '../../../main/training/fit-on-rows.ts';
import type { FeatureColumn } from '../../../main/training/preprocessing/feature-column.ts';
import { checkParams } from '../../../main/training/recipes/check-params.ts';
import { findRecipe } from '../../../main/training/recipes/declarations.ts';
import { loadRecipe } from '../../../main/training/recipes/load-recipe.ts';
import type { ParamValue } from '../../../shared/model/run.ts';

export const numbers = (values: ArrayLike<number>): FeatureColumn => ({
  values: Float64Array.from(values),
  missing: new Uint8Array(values.length),
});

/** What a fit is given, on these columns in memory. */
export async function tableContext(
  columns: Record<string, FeatureColumn>,
  y: ArrayLike<number>,
  asked: {
    recipe?: string;
    classes?: string[];
    subject?: Int32Array | null;
    params?: Record<string, ParamValue>;
  } = {},
): Promise<FitContext> {
  const { recipe = 'logistic', classes = ['no', 'yes'], subject = null } = asked;
  const part = { kind: 'shares', train: 0, validation: 0, test: 0, folds: null, subjectsOverlap: 0 } as const;
  return {
    name: recipe,
    plan: {
      task: classes.length === 0 ? 'regression' : classes.length === 2 ? 'binary' : 'multiclass',
      features: Object.keys(columns),
      classes,
      rows: Int32Array.from({ length: y.length }, (_, i) => i),
      y: Float64Array.from(y),
      subject,
      split: { part: null, fold: null, summary: { ...part, unit: 'rows', hash: '' } },
      warnings: [],
    },
    read: (name) => columns[name]!,
    recipe: await loadRecipe(recipe),
    pixels: null,
    params: checkParams(findRecipe(recipe), asked.params ?? {}),
    runtime: { engine: 'cpu', cores: 1, deterministic: true },
    allowSmallerBatch: false,
    checkpoints: noCheckpoints,
    start: null,
  };
}
