import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { checkParams } from '../../main/training/recipes/check-params.ts';
import { findRecipe } from '../../main/training/recipes/declarations.ts';
import { loadRecipe } from '../../main/training/recipes/load-recipe.ts';
import type { TableRecipe } from '../../main/training/recipes/recipe.ts';
import type { ParamValue } from '../../shared/model/run.ts';
import { auc } from '../../shared/statistics/auc.ts';
import { notRun } from '../not-run.ts';
import { fitInput } from './fit-input.ts';
import { hasPublicTables, publicTable } from './public-table.ts';

if (!hasPublicTables) notRun('trees against scikit-learn', 'there is no ../shared/data');
const targets = { whas500: 'fstat', gbsg2: 'cens' } as const;
type Name = keyof typeof targets;
type Boosted = { auc: number; trees: number; learning_rate: number; l2: number };
type Forest = { auc: number; trees: number; seeds: number };
const reference = JSON.parse(readFileSync(new URL('fixtures/trees.json', import.meta.url), 'utf8')) as Record<
  Name,
  { features: string[]; gradientBoosting: Boosted; randomForest: Forest }
>;

/** Mean AUC over five folds, row i in fold i mod 5, as in tools/tree-references.py. */
async function meanAuc(id: string, name: Name, given: Record<string, ParamValue>, seed: number): Promise<number> {
  const { columns, part } = publicTable(name, reference[name].features, targets[name]);
  const recipe = (await loadRecipe(id)) as TableRecipe;
  const params = checkParams(findRecipe(id), given);
  let sum = 0;
  for (let k = 0; k < 5; k++) {
    const train = part((row) => row % 5 !== k);
    const model = await recipe.fit(
      fitInput({ train, validation: null, classes: ['0', '1'], columns, params, seed: seed * 5 + k }),
    );
    const test = part((row) => row % 5 === k);
    sum += auc(test.y, await model.predict(test))!;
  }
  return sum / 5;
}

describe.skipIf(!hasPublicTables).each(['whas500', 'gbsg2'] as const)('on %s, the same folds', (name) => {
  test('gradient-boosting is within 0.01 AUC of HistGradientBoostingClassifier', { timeout: 120_000 }, async () => {
    const { auc: theirs, trees, learning_rate, l2 } = reference[name].gradientBoosting;
    const ours = await meanAuc('gradient-boosting', name, { trees, learning_rate, l2, patience: 0 }, 1);
    expect(Math.abs(ours - theirs)).toBeLessThan(0.01);
  });

  test('random-forest is within 0.01 AUC of RandomForestClassifier, over five seeds', {
    timeout: 120_000,
  }, async () => {
    const { auc: theirs, trees, seeds } = reference[name].randomForest;
    let sum = 0;
    for (let seed = 0; seed < seeds; seed++) sum += await meanAuc('random-forest', name, { trees }, seed);
    expect(Math.abs(sum / seeds - theirs)).toBeLessThan(0.01);
  });
});
