import { AppError } from '../../../shared/errors.ts';
import type { Task } from '../../../shared/model/run.ts';
import type { RecipeDeclaration } from '../../../shared/model/train-spec.ts';
import type { Cells } from '../../store/table/cells.ts';
import { orderClasses } from './class-order.ts';

/** More classes than this are a number or a name, not a class. */
const MOST_CLASSES = 20;

/**
 * What is to be predicted. `y[row]` is the index of a class or, for regression, the value; NaN where the target is missing.
 * `classes` and their row counts are empty for regression.
 */
export type Target = { task: Task; classes: string[]; y: Float64Array; counts: number[]; missing: number };

/**
 * Reads a column as what the recipe predicts: classes where it has at most 20 different values and the recipe tells classes
 * apart, otherwise numbers, if the recipe predicts those. `asked` settles it. TARGET_INVALID when there is nothing to learn.
 */
export function readTarget(cells: Cells, name: string, recipe: RecipeDeclaration, asked: Task | null): Target {
  if (asked !== null && !recipe.tasks.includes(asked)) {
    throw new AppError('TARGET_INVALID', `${recipe.id} does not do ${asked}; it does ${recipe.tasks.join(', ')}.`);
  }
  const tasks = asked === null ? recipe.tasks : [asked];
  const numeric = cells.kind === 'numeric' && (cells.type === 'number' || cells.type === 'integer');
  const levels = distinctLabels(cells);
  if (numeric && tasks.includes('regression') && (levels === null || !tasks.some(tellsClasses))) {
    return readNumbers(cells, name);
  }
  if (!tasks.some(tellsClasses)) {
    throw new AppError(
      'TARGET_INVALID',
      `Column "${name}" holds ${cells.type} cells; ${recipe.id} predicts a number.`,
      'Choose a column of numbers, or a recipe that predicts classes.',
    );
  }
  if (cells.type === 'date' || cells.type === 'text' || cells.type === 'image') {
    throw new AppError(
      'TARGET_INVALID',
      `Column "${name}" holds ${cells.type}s, not classes; choose a target with 2 to ${MOST_CLASSES} classes.`,
    );
  }
  if (levels === null) {
    throw new AppError(
      'TARGET_INVALID',
      `Column "${name}" has more than ${MOST_CLASSES} different values, and ${recipe.id} predicts classes.`,
      numeric ? 'To predict a number choose a recipe for regression, such as linear or gradient-boosting.' : undefined,
    );
  }
  const target = readClasses(cells, name, levels);
  if (tasks.includes(target.task)) return target;
  throw new AppError(
    'TARGET_INVALID',
    `Column "${name}" has ${target.classes.length} classes, so the task is ${target.task} and not ${tasks.join(' or ')}.`,
  );
}

const tellsClasses = (task: Task): boolean => task === 'binary' || task === 'multiclass';

const labelOf = (cells: Cells, row: number): string =>
  cells.kind === 'numeric' ? String(cells.values[row]) : cells.dictionary[cells.codes[row]!]!;

/** Rows per label, or null when there are more labels than classes may be. */
function distinctLabels(cells: Cells): Map<string, number> | null {
  const found = new Map<string, number>();
  for (let row = 0; row < cells.missing.length; row++) {
    if (cells.missing[row] === 1) continue;
    const label = labelOf(cells, row);
    found.set(label, (found.get(label) ?? 0) + 1);
    if (found.size > MOST_CLASSES) return null;
  }
  return found;
}

function readClasses(cells: Cells, name: string, found: Map<string, number>): Target {
  if (found.size === 0) throw allMissing(name);
  if (found.size === 1) throw oneValue(name);
  const classes = orderClasses([...found.keys()]);
  const index = new Map(classes.map((value, k) => [value, k]));
  const y = Float64Array.from(cells.missing, (gone, row) =>
    gone === 1 ? Number.NaN : index.get(labelOf(cells, row))!,
  );
  return {
    task: classes.length === 2 ? 'binary' : 'multiclass',
    classes,
    y,
    counts: classes.map((value) => found.get(value)!),
    missing: missingIn(cells),
  };
}

function readNumbers(cells: Extract<Cells, { kind: 'numeric' }>, name: string): Target {
  const present = cells.values.filter(Number.isFinite);
  if (present.length === 0) throw allMissing(name);
  if (present.every((value) => value === present[0])) throw oneValue(name);
  return { task: 'regression', classes: [], y: cells.values.slice(), counts: [], missing: missingIn(cells) };
}

const missingIn = (cells: Cells): number => cells.missing.reduce((sum, gone) => sum + gone, 0);

const allMissing = (name: string): AppError =>
  new AppError('TARGET_INVALID', `Column "${name}" is missing in every row, so there is nothing to learn.`);

const oneValue = (name: string): AppError =>
  new AppError(
    'TARGET_INVALID',
    `Column "${name}" has the same value in every row that has one, so there is nothing to tell apart.`,
  );
