import { loadTensors } from '../../../main/training/engines/load-tensors.ts';
import { mlp } from '../../../main/training/recipes/mlp/mlp.ts';
import { engineId } from '../../../shared/model/run.ts';
import { createRandom } from '../../../shared/statistics/random.ts';
import { fitInput } from '../../training/fit-input.ts';

// Fits an mlp on made-up rows on the engine named in the arguments; prints the milliseconds of each epoch after the first, and how
// many tensors there were at their ends.
const [engineName, rowsText, hidden, batchText] = process.argv.slice(2);
const engine = engineId.parse(engineName);
const columns = 50;
const random = createRandom(5);
const samples = (rows: number) => {
  const x = Float64Array.from({ length: rows * columns }, () => random.normal());
  const y = Float64Array.from({ length: rows }, (_, i) => (x[i * columns]! + x[i * columns + 1]! ** 2 > 1 ? 1 : 0));
  return { kind: 'table' as const, x, y, rows, columns };
};
const input = fitInput({
  train: samples(Number(rowsText)),
  validation: samples(500),
  classes: ['no', 'yes'],
  columns: Array.from({ length: columns }, (_, j) => ({ name: `x${j}`, mean: 0, scale: 1 })),
  params: {
    hidden: hidden!,
    epochs: 5,
    learning_rate: 0.003,
    batch_size: Number(batchText),
    l2: 0.01,
    dropout: 0.2,
    patience: 20,
    imbalance: 'none',
  },
  engine,
  cores: 2,
  deterministic: process.argv[6] === 'deterministic',
});
const tf = await loadTensors(engine, input);
const ends: number[] = [];
const tensors: number[] = [];
const breathe = async (): Promise<void> => {
  ends.push(performance.now());
  tensors.push(tf.memory().numTensors);
};
await mlp.fit({ ...input, report: { ...input.report, breathe } });
const times = ends.slice(2).map((end, i) => end - ends[i + 1]!);
process.stdout.write(JSON.stringify({ times, tensors }));
process.exit(0);
