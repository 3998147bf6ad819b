import type { Evaluation, PredictionColumns } from '../../shared/model/evaluation.ts';
import type { RunDetail } from '../../shared/model/run.ts';

/** A run as the paired tests see it: its held-out predictions sorted by dataset row, or the reason why there are none. */
export type HeldOutRun = {
  /** `A`, `B`, … in the order asked for: how sentences name it. */
  label: string;
  run: RunDetail;
  evaluation: Evaluation | null;
  heldOut: PredictionColumns | null;
};

/**
 * The test part, or the out-of-fold predictions of a run with folds, sorted by dataset row; null without either.
 */
export function heldOutOf(parts: PredictionColumns[]): PredictionColumns | null {
  const part = parts.find(({ part }) => part === 'test') ?? parts.find(({ part }) => part === 'oof');
  if (part === undefined || part.rows === 0) return null;
  const order = Uint32Array.from(part.row.keys()).sort((a, b) => part.row[a]! - part.row[b]!);
  return selectRows(part, order);
}

/** The predictions at these positions, in this order. */
export function selectRows(columns: PredictionColumns, at: Uint32Array): PredictionColumns {
  const width = columns.scores.length / columns.rows;
  const scores = new Float64Array(at.length * width);
  at.forEach((from, to) => {
    for (let c = 0; c < width; c++) scores[to * width + c] = columns.scores[from * width + c]!;
  });
  return {
    part: columns.part,
    rows: at.length,
    classes: columns.classes,
    row: Int32Array.from(at, (i) => columns.row[i]!),
    truth: Float64Array.from(at, (i) => columns.truth[i]!),
    scores,
    subject: columns.subject === null ? null : Int32Array.from(at, (i) => columns.subject![i]!),
    fold: columns.fold === null ? null : Int16Array.from(at, (i) => columns.fold![i]!),
  };
}
