import { checkParams } from '../../../main/training/recipes/check-params.ts';
import { findRecipe } from '../../../main/training/recipes/declarations.ts';
import { gradientBoosting } from '../../../main/training/recipes/gradient-boosting/gradient-boosting.ts';
import { randomForest } from '../../../main/training/recipes/random-forest/random-forest.ts';
import { toFailure } from '../../../shared/errors.ts';
import { createRandom } from '../../../shared/statistics/random.ts';
import { fitInput } from '../fit-input.ts';

// Fits the recipe named in the arguments in two threads and prints how it ended.
const recipe = process.argv[2] === 'random-forest' ? randomForest : gradientBoosting;
const few: Record<string, number> = recipe === randomForest ? { trees: 12, max_depth: 8 } : {};
const rows = 60_000;
const columns = 6;
const random = createRandom(3);
const x = Float64Array.from({ length: rows * columns }, () => random.uniform());
const y = Float64Array.from({ length: rows }, (_, i) => (x[i * columns]! + 0.3 * random.uniform() > 0.6 ? 1 : 0));
try {
  await recipe.fit(
    fitInput({
      train: { kind: 'table', x, y, rows, columns },
      validation: { kind: 'table', x: x.slice(0, 2_000 * columns), y: y.slice(0, 2_000), rows: 2_000, columns },
      classes: ['no', 'yes'],
      columns: Array.from({ length: columns }, (_, i) => ({ name: `c${i}`, mean: 0, scale: 1 })),
      params: checkParams(findRecipe(process.argv[2]!), few),
      cores: 2,
    }),
  );
  process.stdout.write('finished');
} catch (error) {
  process.stdout.write(toFailure(error).code);
}
process.exit(0);
