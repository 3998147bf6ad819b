import type { TrainEstimate } from '../../shared/contract/training.ts';
import { applicableParams } from '../../shared/model/applicable-params.ts';
import type { TrainSpec } from '../../shared/model/train-spec.ts';
import { readQueue } from '../store/claims.ts';
import { findVersion } from '../store/datasets.ts';
import { durationsOf, earlierRuns } from '../store/earlier-runs.ts';
import type { ReadableVault } from '../store/vault.ts';
import { checkEvaluate } from './evaluate/check-evaluate.ts';
import { runFingerprint } from './plan/fingerprint.ts';
import { type Plan, planRun } from './plan/plan-run.ts';
import { checkParams } from './recipes/check-params.ts';
import { findRecipe } from './recipes/declarations.ts';
import type { Depth } from './recipes/fine-tune/depth.ts';
import { startFacts } from './recipes/fine-tune/start-facts.ts';
import { startModel } from './start-model.ts';

/** Below this many subjects a single split tests on too few; the Train screen then proposes folds. */
const FEW_SUBJECTS = 1_000;

export const trainingOperations = {
  'training.estimate': estimateTraining,
  'training.checkEvaluate': checkEvaluate,
  'training.queue': ({ db }: ReadableVault) => readQueue(db),
};

/** What a run would do, without doing it; throws the coded error that would stop it. */
function estimateTraining(vault: ReadableVault, spec: TrainSpec): TrainEstimate {
  const recipe = findRecipe(spec.recipe);
  const checked = checkParams(recipe, spec.params);
  const version = findVersion(vault.db, spec.dataset.name, spec.dataset.version);
  const plan = planRun(vault.dir, version, spec);
  const params = applicableParams(recipe.params, plan.task, checked);
  const { train, validation, test, unit } = plan.split.summary;
  const durations = durationsOf(vault.db, recipe.id);
  return {
    task: plan.task,
    split: { train, validation, test, unit },
    features: plan.features,
    positives: positivesOf(plan),
    durationMs:
      durations.length === 0
        ? null
        : {
            median: durations[durations.length >> 1]!,
            low: durations[0]!,
            high: durations.at(-1)!,
            from: durations.length,
          },
    ...earlierRuns(vault.db, runFingerprint(recipe, version, spec, plan.features, params), spec.seed),
    folds: proposeFolds(plan),
    start:
      spec.from === null
        ? null
        : startFacts(startModel(vault.dir, spec.from, version, params)!.model, plan, params.depth as Depth),
    warnings: plan.warnings,
  };
}

function positivesOf({ task, classes, y }: Plan): TrainEstimate['positives'] {
  if (task !== 'binary') return null;
  return { label: classes[1]!, count: y.reduce((sum, k) => sum + k, 0), of: y.length };
}

function proposeFolds({ subject, y }: Plan): TrainEstimate['folds'] {
  const subjects = subject === null ? y.length : new Set(subject).size;
  if (subjects >= FEW_SUBJECTS) return null;
  const who = subject === null ? 'rows' : 'subjects';
  return {
    proposed: 5,
    why: `${subjects} ${who} are few for one test part: its intervals would be wide and hang on the luck of the split. With 5 folds each of them is tested once, by a model that never saw them.`,
  };
}
