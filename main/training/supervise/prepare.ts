import { AppError } from '../../../shared/errors.ts';
import { applicableParams } from '../../../shared/model/applicable-params.ts';
import { type TrainSpec, type TrainWish, trainSpec } from '../../../shared/model/train-spec.ts';
import { captureEnvironment } from '../../platform/environment.ts';
import { appDirty } from '../../platform/version.ts';
import type { StoredVersion } from '../../store/datasets.ts';
import type { VaultClient } from '../../workers/client.ts';
import { type ChosenEngine, chooseEngine } from '../engines/choose-engine.ts';
import { runFingerprint } from '../plan/fingerprint.ts';
import { datasetBadges } from '../plan/plan-run.ts';
import { checkParams } from '../recipes/check-params.ts';
import { findRecipe } from '../recipes/declarations.ts';
import { checkStart } from './check-start.ts';
import { claimOf } from './claim-of.ts';
import type { NewJob } from './job.ts';

/** Of which run this one is another try, and what else its record says. */
export type Origin = { parent: string; documents: Record<string, unknown> };

/** Checks a wish on the data, throws the coded error that would stop the run, and records the run as queued. */
export async function prepareTraining(
  client: VaultClient,
  vaultDir: string,
  wish: TrainWish,
  origin: Origin | null,
): Promise<NewJob> {
  const asked = trainSpec.parse(wish);
  const recipe = findRecipe(asked.recipe);
  const checked = checkParams(recipe, asked.params);
  await checkStart(client, vaultDir, recipe.id, asked);
  const version = await client.call('internal.datasetVersion', asked.dataset);
  const whole: TrainSpec = { ...asked, params: checked, dataset: { name: version.name, version: version.version } };
  // Reads the data in a reader's process or thread, before anything is written.
  const [estimate, engine] = await Promise.all([
    client.call('training.estimate', whole),
    chooseEngine(recipe, whole.engine),
  ]);
  const params = applicableParams(recipe.params, estimate.task, checked);
  const spec: TrainSpec = { ...whole, params };
  const { id } = await client.call('internal.createRun', {
    study: spec.study,
    name: spec.name ?? `${recipe.id} on ${version.name}`,
    recipe: recipe.id,
    task: estimate.task,
    seed: spec.seed,
    target: spec.target,
    dataset: { name: version.name, version: version.version },
    parent: origin?.parent ?? (spec.from?.kind === 'run' ? spec.from.run : null),
    params,
    tags: {},
    badges: [...datasetBadges(version), ...(appDirty ? (['dirty-code'] as const) : [])],
    fingerprint: runFingerprint(recipe, version, spec, estimate.features, params),
    documents: {
      features: estimate.features,
      spec,
      recipe: { id: recipe.id, version: recipe.version },
      ...origin?.documents,
    },
  });
  return trainingJob({ id, vaultDir, spec, version, engine, startedAt: null });
}

/** Queues a run that was interrupted. Throws RUN_NOT_FOUND, RUN_NOT_RESUMABLE, or why its engine is not there any more. */
export async function prepareResume(client: VaultClient, vaultDir: string, id: string): Promise<NewJob> {
  await client.call('internal.recoverRuns', {});
  const { resumable, engine: before } = await client.call('runs.show', { id });
  const record = await client.call('internal.runRecord', { id });
  if (!resumable.can || record.spec === null) {
    throw new AppError('RUN_NOT_RESUMABLE', `The run ${id} cannot go on. ${resumable.why ?? ''}`.trim());
  }
  const spec = trainSpec.parse(record.spec);
  const recipe = findRecipe(spec.recipe);
  const version = await client.call('internal.datasetVersion', spec.dataset);
  const engine = await chooseEngine(recipe, before ?? spec.engine);
  const environment = captureEnvironment(engine.gpu, engine.driver, engine.packages);
  const { startedAt } = await client.call('internal.resumeRun', { id, environment });
  return trainingJob({ id, vaultDir, spec, version, engine, startedAt });
}

type Parts = {
  id: string;
  vaultDir: string;
  spec: TrainSpec;
  version: StoredVersion;
  engine: ChosenEngine;
  startedAt: number | null;
};

function trainingJob({ id, vaultDir, spec, version, engine, startedAt }: Parts): NewJob {
  const claim = claimOf(findRecipe(spec.recipe), spec, engine, version);
  return {
    id,
    spec,
    version,
    engine,
    startedAt,
    claim,
    begin: (cores) => ({ type: 'begin', runId: id, vaultDir, version, spec, engine: engine.engine, cores }),
  };
}
