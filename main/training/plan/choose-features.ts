import { AppError } from '../../../shared/errors.ts';
import type { ColumnProfile, DatasetVersion } from '../../../shared/model/dataset.ts';
import type { TrainSpec } from '../../../shared/model/train-spec.ts';

/** Why a column can never be a feature, by its role; null when it can. */
function barred(column: ColumnProfile, target: string): string | null {
  if (column.name === target) return 'is the target';
  if (column.role === 'identifier') return 'identifies a person';
  if (column.role === 'subject') return 'says whose row it is';
  if (column.role === 'free-text' || column.type === 'text') return 'is free text';
  if (column.role === 'split') return 'states the split';
  if (column.type === 'image') return 'holds images';
  return null;
}

/**
 * The columns to learn from: those named, or every column with the role `feature`, less those dropped. Identifiers, the
 * subject, free text and the target are refused even when they are named; a column that looks like an outcome beside the
 * target is taken when it is named, with a warning.
 */
export function chooseFeatures(version: DatasetVersion, spec: TrainSpec): { features: string[]; warnings: string[] } {
  const byName = new Map(version.columns.map((column) => [column.name, column]));
  const known = (name: string): ColumnProfile => {
    const column = byName.get(name);
    if (column !== undefined) return column;
    throw new AppError(
      'COLUMN_NOT_FOUND',
      `The dataset ${version.name} has no column "${name}".`,
      'See `wardbook dataset show`.',
    );
  };
  known(spec.target);
  const dropped = new Set(spec.drop.map((name) => known(name).name));
  const named = spec.features?.map(known);
  const candidates =
    named ?? version.columns.filter((column) => column.role === 'feature' && barred(column, spec.target) === null);
  for (const column of named ?? []) {
    const why = barred(column, spec.target);
    if (why === null) continue;
    throw new AppError(
      'FEATURES_INVALID',
      `Column "${column.name}" cannot be a feature: it ${why}.`,
      'If its role was recognised wrongly, correct the role of the column on the Datasets screen.',
    );
  }
  const chosen = candidates.filter(({ name }) => !dropped.has(name));
  const features = [...new Set(chosen.map(({ name }) => name))];
  if (features.length === 0) {
    throw new AppError('FEATURES_INVALID', 'No column is left to learn from; name some with features, or drop fewer.');
  }
  const warnings = chosen
    .filter(({ role, remark }) => ['time', 'event', 'target'].includes(role) || /outcome/i.test(remark ?? ''))
    .map(
      ({ name, remark }) =>
        `Column "${name}" looks like an outcome itself${remark ? ` (${remark})` : ''}: a model that uses it may only seem good.`,
    );
  return { features, warnings };
}
