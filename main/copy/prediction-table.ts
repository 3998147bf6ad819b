import type { PredictionColumns } from '../../shared/model/evaluation.ts';
import type { RunDetail } from '../../shared/model/run.ts';
import { findVersion } from '../store/datasets.ts';
import { readEvaluation } from '../store/evaluation.ts';
import { readPredictions } from '../store/predictions.ts';
import { runKey } from '../store/run-key.ts';
import { openTable } from '../store/table/open-table.ts';
import type { ReadableVault } from '../store/vault.ts';
import type { Column, Table } from './table.ts';

/** Held-out predictions of a run with the labels of its subjects; null when it has none. */
export function predictionTable(vault: ReadableVault, id: string, { dataset }: RunDetail): Table | null {
  const parts = readPredictions(vault.db, runKey(vault.db, id));
  if (parts.every(({ rows }) => rows === 0)) return null;
  const { classes } = readEvaluation(vault, id).evaluation;
  const table = dataset === null ? null : openTable(vault.dir, findVersion(vault.db, dataset.name, dataset.version));
  try {
    const subject = (part: PredictionColumns, at: number): string | null =>
      part.subject === null || table === null ? null : table.subjectLabel(part.subject[at]!);
    return columnsOf(parts, classes, subject);
  } finally {
    table?.close();
  }
}

function columnsOf(
  parts: readonly PredictionColumns[],
  classes: readonly string[],
  subject: (part: PredictionColumns, at: number) => string | null,
): Table {
  const over = <T>(cell: (part: PredictionColumns, at: number) => T): T[] =>
    parts.flatMap((part) => Array.from({ length: part.rows }, (_, at) => cell(part, at)));
  const numeric = parts.every((part) => part.classes === 0);
  const outputs = Math.max(...parts.map((part) => (part.rows === 0 ? 1 : part.scores.length / part.rows)));
  const scores = Array.from(
    { length: outputs },
    (_, output): Column => ({
      name: outputs === 1 ? 'score' : `score ${classes[output] ?? output}`,
      data: over((part, at) => part.scores[at * outputs + output]!),
      type: 'DOUBLE',
    }),
  );
  return [
    { name: 'part', data: over((part) => part.part), type: 'STRING' },
    { name: 'row', data: over((part, at) => part.row[at]! + 1), type: 'INT64' },
    { name: 'subject', data: over(subject), type: 'STRING' },
    { name: 'fold', data: over((part, at) => (part.fold === null ? null : part.fold[at]! + 1)), type: 'INT64' },
    numeric
      ? { name: 'truth', data: over((part, at) => part.truth[at]!), type: 'DOUBLE' }
      : { name: 'truth', data: over((part, at) => classes[part.truth[at]!] ?? String(part.truth[at])), type: 'STRING' },
    ...scores,
  ];
}
