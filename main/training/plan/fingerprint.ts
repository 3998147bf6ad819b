import { createHash } from 'node:crypto';
import type { ParamValue } from '../../../shared/model/run.ts';
import type { RecipeDeclaration, TrainSpec } from '../../../shared/model/train-spec.ts';
import { appCommit, appDirty, appVersion } from '../../platform/version.ts';
import type { StoredVersion } from '../../store/datasets.ts';

/**
 * SHA-256 (64 hex) of what decides a run's result except the seed: the app's code (its commit, or without one its version) and
 * the recipe's, data, who counts as a person, target and task, features, split, params and the model it starts from. Runs with
 * the same one and the same seed did the same. Engine, cores and the deterministic switch only move the last digits: they do
 * not belong to it, nor does what says how often a run is saved or how it meets a lack of memory.
 */
export function runFingerprint(
  recipe: RecipeDeclaration,
  version: StoredVersion,
  spec: TrainSpec,
  features: string[],
  params: Record<string, ParamValue>,
): string {
  const { hash, subjectMode, subjectColumn, siteColumn } = version;
  const facts = [
    [appCommit ?? appVersion, appDirty],
    [recipe.id, recipe.version],
    [hash, subjectMode, subjectColumn, siteColumn],
    [spec.target, spec.task, spec.from],
    [...features].sort(),
    Object.entries(spec.split).sort(),
    Object.entries(params).sort(),
  ];
  return createHash('sha256').update(JSON.stringify(facts)).digest('hex');
}
