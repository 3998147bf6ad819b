import type { RerunWish } from '../../../shared/contract/training.ts';
import { AppError } from '../../../shared/errors.ts';
import { trainSpec } from '../../../shared/model/train-spec.ts';
import type { VaultClient } from '../../workers/client.ts';
import { chooseEngine } from '../engines/choose-engine.ts';
import { findRecipe } from '../recipes/declarations.ts';
import type { NewJob } from './job.ts';
import { prepareTraining } from './prepare.ts';

/** A run from another's record: all as it says, but what the wish changes. RUN_NOT_FOUND, RUN_NOT_REPEATABLE. */
export async function prepareRerun(
  client: VaultClient,
  vaultDir: string,
  { id, engine = null, seed = null }: RerunWish,
  what: 'rerun' | 'replicate',
): Promise<NewJob> {
  const detail = await client.call('runs.show', { id });
  const record = await client.call('internal.runRecord', { id });
  if (record.spec === null || detail.evaluationOf !== null) {
    const why =
      detail.evaluationOf === null
        ? 'its record does not hold what was asked for'
        : 'it applies a stored model, which `evaluate` does again';
    throw new AppError('RUN_NOT_REPEATABLE', `The run ${id} cannot be run again: ${why}.`);
  }
  if (what === 'rerun' && detail.status !== 'finished') {
    throw new AppError(
      'RUN_NOT_REPEATABLE',
      `The run ${id} is ${detail.status}, so there is nothing to compare a rerun with.`,
      'If it was interrupted, `wardbook resume` goes on with it.',
    );
  }
  const spec = trainSpec.parse(record.spec);
  // The engine that it ran on, while there is one; another one is a cause that the verdict names.
  const before = detail.engine;
  const there = await chooseEngine(findRecipe(spec.recipe), before).then(
    () => true,
    () => false,
  );
  return prepareTraining(
    client,
    vaultDir,
    {
      ...spec,
      engine: engine ?? (there ? before : spec.engine),
      seed: seed ?? spec.seed,
      study: detail.study,
      name: what === 'rerun' ? `${detail.name}, again` : `${detail.name}, seed ${seed}`,
    },
    { parent: id, documents: what === 'rerun' ? { 'rerun-of': id } : {} },
  );
}
