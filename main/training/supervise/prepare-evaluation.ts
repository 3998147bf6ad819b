import { type EvaluateWish, evaluateWish } from '../../../shared/contract/training.ts';
import { AppError } from '../../../shared/errors.ts';
import { trainSpec } from '../../../shared/model/train-spec.ts';
import { appDirty } from '../../platform/version.ts';
import type { VaultClient } from '../../workers/client.ts';
import { chooseEngine } from '../engines/choose-engine.ts';
import { datasetBadges } from '../plan/plan-run.ts';
import { findRecipe } from '../recipes/declarations.ts';
import { claimOf } from './claim-of.ts';
import type { NewJob } from './job.ts';

/** Checks that the data fit the model of a run and records the evaluation as a queued run whose parent it is. DATASET_UNFIT. */
export async function prepareEvaluation(client: VaultClient, vaultDir: string, wish: EvaluateWish): Promise<NewJob> {
  const asked = evaluateWish.parse(wish);
  const parent = await client.call('runs.show', { id: asked.run });
  const fit = await client.call('training.checkEvaluate', asked);
  if (fit.refused.length > 0) {
    throw new AppError('DATASET_UNFIT', `${asked.dataset.name} does not fit the model: ${fit.refused.join(' ')}`);
  }
  const record = await client.call('internal.runRecord', { id: asked.run });
  const spec = trainSpec.parse(record.spec);
  const { evaluation } = await client.call('runs.evaluation', { id: asked.run });
  const recipe = findRecipe(spec.recipe);
  const trainedOn = await client.call('internal.datasetVersion', spec.dataset);
  const version = await client.call('internal.datasetVersion', asked.dataset);
  const engine = await chooseEngine(recipe, parent.engine);
  const { id } = await client.call('internal.createRun', {
    study: asked.study ?? parent.study,
    name: asked.name ?? `${parent.name} on ${version.name}`,
    recipe: recipe.id,
    task: parent.task,
    seed: spec.seed,
    target: spec.target,
    dataset: { name: version.name, version: version.version },
    parent: asked.run,
    params: parent.params,
    tags: {},
    badges: [...datasetBadges(version), ...(appDirty ? (['dirty-code'] as const) : [])],
    // It is no other try of a training: nothing is "already done" by it.
    fingerprint: null,
    documents: { features: parent.features, 'evaluation-of': { run: asked.run, ...fit } },
  });
  return {
    id,
    spec,
    version,
    engine,
    startedAt: null,
    claim: claimOf(recipe, spec, engine, version),
    begin: (cores) => ({
      type: 'evaluate',
      runId: id,
      vaultDir,
      version,
      spec,
      engine: engine.engine,
      cores,
      applied: { run: asked.run, spec, version: trainedOn },
      features: parent.features,
      classes: evaluation.classes,
      thresholdRule: evaluation.thresholdRule,
    }),
  };
}
