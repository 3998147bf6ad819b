import { createHash } from 'node:crypto';
import { loadTensors } from '../../../main/training/engines/load-tensors.ts';
import { mlp } from '../../../main/training/recipes/mlp/mlp.ts';
import { engineId } from '../../../shared/model/run.ts';
import { createRandom } from '../../../shared/statistics/random.ts';
import { fitInput } from '../fit-input.ts';

// Fits an mlp for eight epochs on the engine named in the arguments, deterministic when the second argument says so. Prints its
// losses, the hash of its weights, and how many tensors there were after each epoch.
const engine = engineId.parse(process.argv[2]);
const deterministic = process.argv[3] === 'deterministic';
const columns = 12;
const random = createRandom(5);
const samples = (rows: number) => {
  const x = Float64Array.from({ length: rows * columns }, () => random.normal());
  const y = Float64Array.from({ length: rows }, (_, i) => (x[i * columns]! + x[i * columns + 1]! ** 2 > 1 ? 1 : 0));
  return { kind: 'table' as const, x, y, rows, columns };
};
const input = fitInput({
  train: samples(1_500),
  validation: samples(400),
  classes: ['no', 'yes'],
  columns: Array.from({ length: columns }, (_, j) => ({ name: `x${j}`, mean: 0, scale: 1 })),
  params: {
    hidden: '48, 32',
    epochs: 8,
    learning_rate: 0.005,
    batch_size: 100,
    l2: 0.01,
    dropout: 0.2,
    patience: 20,
    imbalance: 'none',
  },
  seed: 3,
  engine,
  deterministic,
  cores: 2,
});
const tf = await loadTensors(engine, { deterministic, cores: 2 });
const tensors: number[] = [];
const report = { ...input.report, breathe: async () => void tensors.push(tf.memory().numTensors) };
const model = await mlp.fit({ ...input, report });
const hash = createHash('sha256').update(model.weights!).digest('hex');
model.dispose();
const losses = input.report.points.filter(({ key }) => key.endsWith('loss')).map(({ value }) => value);
process.stdout.write(JSON.stringify({ losses, hash, tensors, left: tf.memory().numTensors }));
process.exit(0);
