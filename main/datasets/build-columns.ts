import type { StoredColumn } from '../store/table/layout.ts';
import type { ColumnSink, TableWriter } from '../store/table/write-table.ts';
import { type ColumnBuilder, createBuilder, type Guess, nextGuess } from './column-builders.ts';
import { guessColumns } from './guess-columns.ts';
import { readRows } from './read-rows.ts';
import type { Pause } from './receive-file.ts';
import type { Sniffed } from './sniff.ts';

/** Columns on disk whose type (`integer` or `number`, `category` or `text`) is not settled yet. */
export type BuiltColumns = { rows: number; columns: Omit<StoredColumn, 'type'>[] };

type Work = { column: number; name: string; guess: Guess; sink: ColumnSink; builder: ColumnBuilder };

/**
 * Parses a file into columns in one pass, each taken for what its first rows look like. A column that turns out otherwise is
 * built again in another pass, together with the others that did: at most three passes, whatever the file.
 */
export async function buildColumns(
  path: string,
  form: Sniffed,
  names: string[],
  writer: TableWriter,
  pause: Pause,
  onProgress: (bytesRead: number, rows: number) => void,
): Promise<BuiltColumns> {
  const limits = {
    blockRows: Math.min(65_536, Math.max(256, Math.floor(2 ** 20 / names.length))),
    dictionaryBytes: Math.max(65_536, Math.floor((64 * 2 ** 20) / names.length)),
  };
  const start = (column: number, guess: Guess): Work => {
    const sink = writer.column(guess.kind, names[column]!);
    return { column, name: names[column]!, guess, sink, builder: createBuilder(guess, sink, limits) };
  };
  const done: Omit<StoredColumn, 'type'>[] = [];
  let work = guessColumns(form.sample.slice(1), names.length, form.decimal).map((guess, column) =>
    start(column, guess),
  );
  let rows = 0;
  while (work.length > 0) {
    const refuted = new Set<Work>();
    rows = await pass(path, form, names.length, pause, onProgress, (batch) => {
      for (const one of work) if (!refuted.has(one) && !one.builder.add(batch, one.column)) refuted.add(one);
    });
    for (const one of work) if (!refuted.has(one)) done[one.column] = one.sink.end(one.builder.end());
    work = [...refuted].map((one) => start(one.column, nextGuess(one.guess)));
  }
  return { rows, columns: done };
}

async function pass(
  path: string,
  form: Sniffed,
  width: number,
  pause: Pause,
  onProgress: (bytesRead: number, rows: number) => void,
  onBatch: (rows: string[][]) => void,
): Promise<number> {
  const progress = { bytesRead: 0 };
  let rows = 0;
  let header = true;
  for (const batch of readRows(path, form, width, progress)) {
    const cells = header ? batch.slice(1) : batch;
    header = false;
    rows += cells.length;
    onBatch(cells);
    onProgress(progress.bytesRead, rows);
    await pause();
  }
  return rows;
}
