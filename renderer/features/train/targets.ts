import type { ColumnProfile, ColumnRole } from '../../../shared/model/dataset.ts';
import type { Task } from '../../../shared/model/run.ts';
import type { RecipeDeclaration } from '../../../shared/model/train-spec.ts';

/** How a target is read: as one of a few classes, or as a number. */
export type ReadAs = 'classes' | 'number';

/** More different values than this are no classes. */
const MOST_CLASSES = 20;

const never: Partial<Record<ColumnRole, string>> = {
  identifier: 'identifies a person',
  subject: 'subject column',
  'free-text': 'free text',
  split: 'states the split',
};

/** Why a column cannot be ticked, or null. */
export function barredBecause(column: ColumnProfile, target: string): string | null {
  if (column.name === target) return 'the target';
  if (column.type === 'image') return 'holds the images';
  return never[column.role] ?? (column.type === 'text' ? 'text' : null);
}

const isNumeric = ({ type }: ColumnProfile) => type === 'number' || type === 'integer';

/** The ways in which a column can be predicted, the usual one first; none when it cannot be a target. */
export function waysToRead(column: ColumnProfile): ReadAs[] {
  if (column.distinct < 2 || barredBecause(column, '') !== null || column.role === 'site') return [];
  if (column.type === 'date') return [];
  const few = column.distinct <= MOST_CLASSES;
  if (!isNumeric(column)) return few ? ['classes'] : [];
  if (!few) return ['number'];
  return column.distinct === 2 ? ['classes'] : ['classes', 'number'];
}

/** What a run on this target would be, or null while there is none. */
export function taskOf(column: ColumnProfile | undefined, as: ReadAs): Task | null {
  if (!column) return null;
  if (as === 'number') return 'regression';
  return column.distinct === 2 ? 'binary' : 'multiclass';
}

export const taskWords: Record<Task, string> = {
  binary: 'two classes',
  multiclass: 'several classes',
  regression: 'a number',
  survival: 'time to an event',
};

/** The target that the profile suggests: one declared so, then an event, then the last two-valued column, then the last with classes. */
export function suggestedTarget(columns: readonly ColumnProfile[]): string {
  const possible = columns.filter((column) => waysToRead(column).length > 0);
  const classes = possible.filter((column) => waysToRead(column)[0] === 'classes');
  const found =
    possible.find((column) => column.role === 'target') ??
    possible.find((column) => column.role === 'event') ??
    classes.findLast((column) => column.distinct === 2) ??
    classes.at(-1) ??
    possible.at(-1);
  return found?.name ?? '';
}

export function defaultFeatures(columns: readonly ColumnProfile[], target: string): Set<string> {
  return new Set(
    columns
      .filter((column) => column.role === 'feature' && barredBecause(column, target) === null)
      .map((column) => column.name),
  );
}

/** Why a recipe cannot be used for a task, or null. */
export function unfit(recipe: RecipeDeclaration, task: Task | null): string | null {
  if (task === null || recipe.tasks.includes(task)) return null;
  const words = recipe.tasks.includes('regression') ? 'predicts a number only' : 'predicts classes only';
  if (task === 'regression' || recipe.tasks.every((one) => one === 'regression')) return words;
  return `not for ${taskWords[task]}`;
}

/** The recipe to go on with: the one chosen where it fits, otherwise the first that does. */
export function fittingRecipe(
  recipes: readonly RecipeDeclaration[],
  chosen: string,
  task: Task | null,
): RecipeDeclaration | undefined {
  const own = recipes.find(({ id }) => id === chosen);
  if (own && unfit(own, task) === null) return own;
  return recipes.find((recipe) => unfit(recipe, task) === null) ?? own ?? recipes[0];
}
