import type { ColumnProfile } from '../../../shared/model/dataset.ts';
import type { StoredVersion } from '../../store/datasets.ts';
import { isClassName } from '../column-names.ts';

const shownTypes = new Set(['number', 'integer', 'category', 'boolean']);
const hiddenRoles = new Set(['subject', 'identifier', 'free-text']);
const MOST_LEVELS = 50;

/** Columns whose cells may stand beside an image: short answers and numbers, none that could name a person. */
export const shownColumns = ({ columns }: Pick<StoredVersion, 'columns'>): ColumnProfile[] =>
  columns.filter(({ type, role }) => shownTypes.has(type) && !hiddenRoles.has(role));

/** The column that says what an image shows: a target or event, else one named like it, else the first feature of few values. */
export function classColumn(version: Pick<StoredVersion, 'columns'>): ColumnProfile | null {
  const fit = shownColumns(version).filter(
    ({ type, distinct }) => type !== 'number' && distinct >= 2 && distinct <= 1000,
  );
  return (
    fit.find(({ role }) => role === 'target' || role === 'event') ??
    fit.find(({ name }) => isClassName(name)) ??
    fit.find(({ role, distinct }) => role === 'feature' && distinct <= MOST_LEVELS) ??
    null
  );
}

/** The class first, then the columns that say which part a row belongs to. */
export function filterColumns(
  version: Pick<StoredVersion, 'columns'>,
): { column: ColumnProfile; what: 'class' | 'split' }[] {
  const label = classColumn(version);
  const splits = version.columns.filter(({ role, name }) => role === 'split' && name !== label?.name);
  return [
    ...(label === null ? [] : [{ column: label, what: 'class' as const }]),
    ...splits.map((column) => ({ column, what: 'split' as const })),
  ];
}
