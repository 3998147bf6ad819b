import type { CallInput } from '../../../shared/contract/index.ts';
import type { WorstRows } from '../../../shared/contract/runs.ts';
import type { Cells } from '../../store/table/cells.ts';
import { openTable } from '../../store/table/open-table.ts';
import type { ReadableVault } from '../../store/vault.ts';
import { readHeldOut } from '../read-held-out.ts';
import { classOfRow, lossOfRows, scoreOfRow } from './losses.ts';

/**
 * The held-out rows that a run got most wrong, the worst first (equal ones by row), with the cells of its features. They are
 * records of persons: for use on this machine, never in a log or a report. Throws RUN_NOT_FOUND or NO_PREDICTIONS.
 */
export function worstRows(vault: ReadableVault, { id, limit }: CallInput<'runs.worst'>): WorstRows {
  const { run, classes, threshold, predictions, version } = readHeldOut(vault, id);
  const losses = lossOfRows(predictions);
  const worst = Array.from(losses.keys())
    .sort((a, b) => losses[b]! - losses[a]! || predictions.row[a]! - predictions.row[b]!)
    .slice(0, limit);
  const table = openTable(vault.dir, version);
  try {
    const there = new Set(table.columns.map(({ name }) => name));
    const features = run.features
      .filter((name) => there.has(name))
      .map((name) => ({ name, cells: table.column(name) }));
    const rows = worst.map((i) => {
      const row = predictions.row[i]!;
      const truth = predictions.truth[i]!;
      return {
        row,
        subject: predictions.subject === null ? null : table.subjectLabel(predictions.subject[i]!),
        truth: predictions.classes === 0 ? truth : classes[truth]!,
        predicted: predictions.classes === 0 ? predictions.scores[i]! : classes[classOfRow(predictions, i, threshold)]!,
        score: scoreOfRow(predictions, i),
        loss: losses[i]!,
        fold: predictions.fold === null ? null : predictions.fold[i]!,
        cells: features.map(({ name, cells }) => ({ column: name, value: textOf(cells, row) })),
      };
    });
    return { part: predictions.part, classes, rows };
  } finally {
    table.close();
  }
}

function textOf(cells: Cells, row: number): string | null {
  if (cells.missing[row] === 1) return null;
  if (cells.kind === 'levels') return cells.dictionary[cells.codes[row]!]!;
  const value = cells.values[row]!;
  return cells.type === 'date' ? new Date(value).toISOString().slice(0, 10) : String(value);
}
