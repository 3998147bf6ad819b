import { checkParams } from '../../main/training/recipes/check-params.ts';
import { findRecipe } from '../../main/training/recipes/declarations.ts';
import { createReporter } from '../../main/training/reporter.ts';
import { runTraining } from '../../main/training/run-training.ts';
import type { TrainSpec } from '../../shared/model/train-spec.ts';
import type { TestVault } from './cohort.ts';

/** What the trainer computes, without a process of its own. */
export async function fitInProcess({ client, dir }: TestVault, spec: TrainSpec) {
  const params = checkParams(findRecipe(spec.recipe), spec.params);
  const version = await client.call('internal.datasetVersion', spec.dataset);
  const begin = {
    type: 'begin',
    runId: '0'.repeat(32),
    vaultDir: dir,
    version,
    spec: { ...spec, params },
    engine: 'cpu',
    cores: 1,
  } as const;
  const reporter = createReporter(() => {});
  return runTraining(begin, reporter, () => {});
}
