import { fuzzMlflow } from '../importers/mlflow-fuzz.ts';
import type { Row, Scale } from './bench.ts';

export const title = 'Mutated meta.yaml and metric files of MLflow';

/** Every file must be read or refused; a parser that throws ends the benchmark. The figure is the longest that one file took. */
export async function run({ scale }: { scale: Scale }): Promise<Row[]> {
  const count = scale === 'full' ? 100_000 : 10_000;
  return (['meta', 'metric'] as const).map((what) => {
    const { refused, slowestMs } = fuzzMlflow(what, count, 20_261_124);
    return {
      name: `${count.toLocaleString('en')} ${what === 'meta' ? 'meta.yaml' : 'metric'} files, ${refused.toLocaleString('en')} with something refused: the slowest`,
      figure: slowestMs,
      unit: 'ms',
      target: 'no crash, none over 1 s',
      met: slowestMs < 1_000,
    };
  });
}
