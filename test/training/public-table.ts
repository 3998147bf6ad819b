import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ModelColumn, TableSamples } from '../../main/training/recipes/recipe.ts';

const folder = join(import.meta.dirname, '..', '..', '..', 'shared', 'data');
export const hasPublicTables = existsSync(join(folder, 'whas500.csv')) && existsSync(join(folder, 'gbsg2.csv'));

/** A public table as trees take it: the given features, categories as codes in the order of their labels. */
export function publicTable(
  name: string,
  features: string[],
  target: string,
): { columns: ModelColumn[]; all: TableSamples; part(keep: (row: number) => boolean): TableSamples } {
  const [head, ...lines] = readFileSync(join(folder, `${name}.csv`), 'utf8')
    .trim()
    .split(/\r?\n/);
  const names = head!.split(',');
  const rows = lines.map((line) => line.split(','));
  const columns: ModelColumn[] = [];
  const values = features.map((feature) => {
    const cells = rows.map((row) => row[names.indexOf(feature)]!);
    const numbers = cells.map(Number);
    if (numbers.every(Number.isFinite)) {
      columns.push({ name: feature, mean: 0, scale: 1 });
      return numbers;
    }
    const levels = [...new Set(cells)].sort();
    columns.push({ name: feature, mean: 0, scale: 1, levels });
    return cells.map((cell) => levels.indexOf(cell));
  });
  const y = rows.map((row) => Number(row[names.indexOf(target)]));
  const part = (keep: (row: number) => boolean): TableSamples => {
    const kept = [...rows.keys()].filter(keep);
    return {
      kind: 'table',
      rows: kept.length,
      columns: features.length,
      x: Float64Array.from(kept.flatMap((row) => values.map((column) => column[row]!))),
      y: Float64Array.from(kept, (row) => y[row]!),
    };
  };
  return { columns, all: part(() => true), part };
}
