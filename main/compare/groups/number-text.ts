import { plain } from '../../../shared/format.ts';
import type { ColumnType } from '../../../shared/model/dataset.ts';

/** How a cell of a numeric column reads in a label: dates as days, whole numbers as they are. */
export function numberText(type: ColumnType): (value: number) => string {
  if (type === 'date') return (value) => new Date(value).toISOString().slice(0, 10);
  if (type === 'number') return plain;
  return String;
}
