import { mlp } from '../../main/training/recipes/mlp/mlp.ts';
import type { TableSamples } from '../../main/training/recipes/recipe.ts';
import { engineId } from '../../shared/model/run.ts';
import { createRandom } from '../../shared/statistics/random.ts';
import { fitInput } from './fit-input.ts';

// Fits a small mlp for three epochs on the engine named in the arguments and prints its losses and some probabilities.
const columns = 6;
const random = createRandom(5);
function samples(rows: number): TableSamples {
  const x = Float64Array.from({ length: rows * columns }, () => random.normal());
  const y = Float64Array.from({ length: rows }, (_, i) => (x[i * columns]! + x[i * columns + 1]! ** 2 > 1 ? 1 : 0));
  return { kind: 'table', x, y, rows, columns };
}
const train = samples(96);
const validation = samples(40);
const input = fitInput({
  train,
  validation,
  classes: ['no', 'yes'],
  columns: Array.from({ length: columns }, (_, j) => ({ name: `x${j}`, mean: 0, scale: 1 })),
  params: {
    hidden: '8, 4',
    epochs: 3,
    learning_rate: 0.01,
    batch_size: 32,
    l2: 0.01,
    dropout: 0.2,
    patience: 9,
    imbalance: 'none',
  },
  seed: 3,
  engine: engineId.parse(process.argv[2]),
});
const model = await mlp.fit(input);
const probabilities = Array.from(await model.predict(validation));
process.stdout.write(JSON.stringify({ losses: input.report.points.map(({ value }) => value), probabilities }));
// Dawn keeps the process alive as long as its device is there.
process.exit(0);
