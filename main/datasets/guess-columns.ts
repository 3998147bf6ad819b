import type { Guess } from './column-builders.ts';
import { dateForm } from './date-cell.ts';
import { isMissingCell } from './missing-cell.ts';
import { type DecimalMark, readNumber } from './number-cell.ts';

/** What each column is taken for, from the first rows of a file; a later cell may refute it. */
export function guessColumns(rows: string[][], width: number, decimal: DecimalMark): Guess[] {
  return Array.from({ length: width }, (_, column) => {
    const cells = rows.map((row) => (row[column] ?? '').trim()).filter((cell) => !isMissingCell(cell));
    return guessColumn(cells, decimal);
  });
}

function guessColumn(cells: string[], decimal: DecimalMark): Guess {
  if (cells.every((cell) => readNumber(cell, decimal) !== undefined)) return { kind: 'number', decimal };
  if (cells.every((cell) => /^(?:true|false)$/i.test(cell))) return { kind: 'logical' };
  const form = dateForm(cells);
  return form === null ? { kind: 'dictionary' } : { kind: 'date', form };
}
