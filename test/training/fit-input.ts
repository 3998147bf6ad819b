import { noCheckpoints } from '../../main/training/checkpoints.ts';
import type { FitInput, TableInputs } from '../../main/training/recipes/recipe.ts';
import { quietReport } from './quiet-report.ts';

export type HeardInput = FitInput<TableInputs> & { report: ReturnType<typeof quietReport> };
type Given = Pick<HeardInput, 'train' | 'validation' | 'classes' | 'columns' | 'params'> & Partial<HeardInput>;

/** What a recipe is given to fit a table, on the cpu unless told otherwise, with a report that keeps what it hears. */
export function fitInput(given: Given): HeardInput {
  return {
    engine: 'cpu',
    cores: 1,
    deterministic: true,
    task: given.classes.length === 0 ? 'regression' : given.classes.length === 2 ? 'binary' : 'multiclass',
    seed: 1,
    allowSmallerBatch: false,
    checkpoint: noCheckpoints.of('kept'),
    start: null,
    report: quietReport(),
    ...given,
  };
}
