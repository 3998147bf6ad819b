import { createHash } from 'node:crypto';
import type { ParamValue } from '../../../shared/model/run.ts';
import type { RecipeDeclaration, TrainSpec } from '../../../shared/model/train-spec.ts';
import type { StoredVersion } from '../../store/datasets.ts';

/**
 * SHA-256 (64 hex) of what decides a run's result except the seed: recipe and its version, data, who counts as a person,
 * target, features, split and params. Runs with the same one and the same seed did the same.
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
    [recipe.id, recipe.version],
    [hash, subjectMode, subjectColumn, siteColumn],
    spec.target,
    [...features].sort(),
    Object.entries(spec.split).sort(),
    Object.entries(params).sort(),
  ];
  return createHash('sha256').update(JSON.stringify(facts)).digest('hex');
}
