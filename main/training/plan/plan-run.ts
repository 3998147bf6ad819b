import { AppError } from '../../../shared/errors.ts';
import type { DatasetVersion } from '../../../shared/model/dataset.ts';
import type { RunBadge, Task } from '../../../shared/model/run.ts';
import type { TrainSpec } from '../../../shared/model/train-spec.ts';
import type { StoredVersion } from '../../store/datasets.ts';
import type { NearDuplicate } from '../../store/images/near-duplicates.ts';
import { openTable, type Table } from '../../store/table/open-table.ts';
import { findRecipe } from '../recipes/declarations.ts';
import { chooseFeatures } from './choose-features.ts';
import { chooseImages } from './choose-images.ts';
import { checkAcross, groupsOf, pairsFor } from './keep-together.ts';
import { planSplit, type SplitPlan } from './plan-split.ts';
import { readTarget } from './read-target.ts';

/** What a run will do, worked out from the data alone: the estimate on the Train screen and the trainer share it. */
export type Plan = {
  task: Task;
  features: string[];
  /** Empty for regression. */
  classes: string[];
  /** Dataset rows with a target, in order; `y`, `subject` and the split have one entry per such row. */
  rows: Int32Array;
  /** Index of the class, or the value to predict. */
  y: Float64Array;
  /** Person per usable row, null without a subject column. */
  subject: Int32Array | null;
  split: SplitPlan;
  warnings: string[];
};

/** Reads target, persons and split column; throws the coded error that would stop the run. */
export function planRun(vaultDir: string, version: StoredVersion, spec: TrainSpec): Plan {
  const table = openTable(vaultDir, version);
  try {
    return planOnTable(table, version, spec, pairsFor(vaultDir, version, spec));
  } finally {
    table.close();
  }
}

/** `pairs`: images that look the same, as `pairsFor` finds them. */
export function planOnTable(table: Table, version: DatasetVersion, spec: TrainSpec, pairs: NearDuplicate[] = []): Plan {
  if (spec.params.ensemble === 'folds' && spec.split.kind !== 'folds') {
    throw new AppError(
      'PARAM_INVALID',
      'ensemble is folds, but the run has no folds to average over.',
      'Split by folds, or leave ensemble at none.',
    );
  }
  const recipe = findRecipe(spec.recipe);
  const { features, warnings } =
    recipe.input === 'images' ? chooseImages(version, spec) : chooseFeatures(version, spec);
  const target = readTarget(table.column(spec.target), spec.target, recipe, spec.task);
  const rows = Int32Array.from([...target.y.keys()].filter((row) => !Number.isNaN(target.y[row]!)));
  const y = Float64Array.from(rows, (row) => target.y[row]!);
  const persons = table.subjects();
  const subject = persons === null ? null : Int32Array.from(rows, (row) => persons[row]!);
  const splitColumn = spec.split.kind === 'column' ? splitCells(table, version, spec.split.column, features) : null;
  const split = planSplit(
    spec.split,
    { y, subject, together: groupsOf(subject, rows, pairs), classes: target.classes, target: spec.target },
    splitColumn,
    rows,
    spec.seed,
  );
  if (pairs.length > 0 && version.images !== null) {
    const note = checkAcross(pairs, rows, split, table.column(version.images.column), spec.allowNearDuplicates);
    if (note !== null) warnings.push(note);
  }
  if (target.missing > 0) {
    warnings.push(`${target.missing} of ${table.rows} rows have no value in "${spec.target}" and are left out.`);
  }
  const fewest = Math.min(rows.length, ...target.counts);
  if (recipe.input === 'table' && fewest < 10 * features.length) {
    const what = target.task === 'regression' ? 'rows' : 'rows of the rarer class';
    warnings.push(
      `${fewest} ${what} for ${features.length} features: under 10 per feature, a model learns noise easily.`,
    );
  }
  return {
    task: target.task,
    features,
    classes: target.classes,
    rows,
    y,
    subject,
    split,
    warnings,
  };
}

function splitCells(table: Table, version: DatasetVersion, name: string, features: string[]) {
  if (!version.columns.some((column) => column.name === name)) {
    throw new AppError('COLUMN_NOT_FOUND', `The dataset ${version.name} has no column "${name}" to split by.`);
  }
  if (features.includes(name)) {
    throw new AppError(
      'FEATURES_INVALID',
      `Column "${name}" states the split, so it cannot be a feature too; drop it.`,
    );
  }
  return table.column(name);
}

export function datasetBadges(version: DatasetVersion): RunBadge[] {
  const badges: RunBadge[] = [];
  if (version.subjectMode === 'none') badges.push('no-subject-column');
  if (version.subjectMode === 'per-row') badges.push('subject-per-row');
  if (version.warnings.some(({ code }) => code === 'SUBJECT_IDS_GROUPED')) badges.push('subjects-grouped');
  return badges;
}
