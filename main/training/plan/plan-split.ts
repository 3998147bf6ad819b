import { AppError } from '../../../shared/errors.ts';
import type { SplitSummary } from '../../../shared/model/run.ts';
import type { SplitRequest } from '../../../shared/model/train-spec.ts';
import type { Cells } from '../../store/table/cells.ts';
import {
  assertNoOverlap,
  makeFolds,
  makeSplit,
  splitFromColumn,
  splitHash,
  TEST,
  TRAIN,
  VALIDATION,
} from '../../store/table/split.ts';
import { strataOf } from './strata.ts';

/** Part (0 train, 1 validation, 2 test) or fold of each usable row; one of the two is null. */
export type Assignment = { part: Uint8Array | null; fold: Int16Array | null };

export type SplitPlan = Assignment & { summary: SplitSummary };

type Rows = {
  y: Float64Array;
  subject: Int32Array | null;
  /** Persons that a split of ours keeps on one side, where that is possible; absent or null: as `subject`. */
  together?: Int32Array | null;
  classes: string[];
  target: string;
};

/**
 * Splits the usable rows by person, stratified by class or by fifths of a number. SUBJECT_OVERLAP when a person would be on two sides, SPLIT_INVALID
 * when a side would be empty, TARGET_INVALID when a class would be missing from a side that needs it.
 */
export function planSplit(
  request: SplitRequest,
  rows: Rows,
  column: Cells | null,
  usable: Int32Array,
  seed: number,
): SplitPlan {
  const together = rows.together ?? null;
  if (together === null || request.kind === 'column') return splitBy(rows.subject, request, rows, column, usable, seed);
  try {
    return splitBy(together, request, rows, column, usable, seed);
  } catch (error) {
    // Too few are left to share out: then by person alone.
    if (!(error instanceof AppError)) throw error;
    return splitBy(rows.subject, request, rows, column, usable, seed);
  }
}

/** `group`: what is kept on one side. */
function splitBy(
  group: Int32Array | null,
  request: SplitRequest,
  rows: Rows,
  column: Cells | null,
  usable: Int32Array,
  seed: number,
): SplitPlan {
  const stratum = strataOf(rows.y, rows.classes);
  const { subject } = rows;
  if (request.kind === 'folds') {
    const fold = makeFolds({ subject: group, stratum, folds: request.folds, seed });
    assertNoOverlap(subject, fold);
    for (let k = 0; k < request.folds; k++)
      requireClasses(rows, (i) => fold[i] !== k, `the training part of fold ${k + 1}`);
    const all = persons(subject, rows.y.length, () => true);
    return { part: null, fold, summary: summaryOf('folds', subject, [all, 0, all], request.folds, splitHash(fold)) };
  }
  const part =
    request.kind === 'shares'
      ? makeSplit({ subject: group, stratum, shares: request, seed }).part
      : splitFromColumn(levelsOf(column, request.column, usable)).part;
  assertNoOverlap(subject, part);
  requireClasses(rows, (i) => part[i] === TRAIN, 'the training part');
  requireClasses(rows, (i) => part[i] === TEST, 'the test part');
  const sizes = [TRAIN, VALIDATION, TEST].map((side) => persons(subject, part.length, (i) => part[i] === side));
  return { part, fold: null, summary: summaryOf(request.kind, subject, sizes, null, splitHash(part)) };
}

function levelsOf(cells: Cells | null, name: string, usable: Int32Array): { codes: Int32Array; dictionary: string[] } {
  if (cells?.kind === 'levels') return { codes: usable.map((row) => cells.codes[row]!), dictionary: cells.dictionary };
  throw new AppError(
    'SPLIT_INVALID',
    `Column "${name}" holds numbers; a split column says train, val or validation, or test.`,
  );
}

function persons(subject: Int32Array | null, length: number, on: (i: number) => boolean): number {
  const seen = new Set<number>();
  for (let i = 0; i < length; i++) if (on(i)) seen.add(subject === null ? i : subject[i]!);
  return seen.size;
}

function requireClasses({ y, classes, target }: Rows, on: (i: number) => boolean, where: string): void {
  if (classes.length === 0) return;
  const counts = new Int32Array(classes.length);
  for (let i = 0; i < y.length; i++) if (on(i)) counts[y[i]!]! += 1;
  const absent = counts.indexOf(0);
  if (absent < 0) return;
  throw new AppError(
    'TARGET_INVALID',
    `A class of "${target}" is too rare: "${classes[absent]}" would be missing from ${where}.`,
    'Use fewer folds or other shares, or leave out the rows of that class.',
  );
}

function summaryOf(
  kind: SplitSummary['kind'],
  subject: Int32Array | null,
  [train, validation, test]: number[],
  folds: number | null,
  hash: string,
): SplitSummary {
  const unit = subject === null ? 'rows' : 'subjects';
  return { kind, train: train!, validation: validation!, test: test!, folds, subjectsOverlap: 0, unit, hash };
}
