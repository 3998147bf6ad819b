import { checkParams } from '../../../main/training/recipes/check-params.ts';
import { mlpDeclaration } from '../../../main/training/recipes/mlp/declaration.ts';
import { mlp } from '../../../main/training/recipes/mlp/mlp.ts';
import { createRandom } from '../../../shared/statistics/random.ts';
import { fitInput } from '../../training/fit-input.ts';

// The loop of an mlp with nothing around it: prints the milliseconds of an epoch, the first one left out.
const [rows, validation, columns, epochs] = process.argv.slice(2).map(Number) as [number, number, number, number];
const random = createRandom(5);
const samples = (count: number) => {
  const x = Float64Array.from({ length: count * columns }, () => random.normal());
  const y = Float64Array.from({ length: count }, (_, i) => (x[i * columns]! + random.normal() > 0 ? 1 : 0));
  return { kind: 'table' as const, x, y, rows: count, columns };
};
const times: number[] = [];
const input = fitInput({
  train: samples(rows),
  validation: samples(validation),
  classes: ['0', '1'],
  columns: Array.from({ length: columns }, (_, i) => ({ name: `x${i}`, mean: 0, scale: 1 })),
  params: checkParams(mlpDeclaration, { epochs, patience: epochs, hidden: '64, 32' }),
});
const point = input.report.point;
await mlp.fit({
  ...input,
  report: {
    ...input.report,
    point: (key, step, value) => {
      if (key === 'train/loss') times.push(performance.now());
      point(key, step, value);
    },
  },
});
process.stdout.write(String((times.at(-1)! - times[0]!) / (times.length - 1)));
