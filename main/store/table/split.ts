import { createHash } from 'node:crypto';
import { AppError } from '../../../shared/errors.ts';
import { createRandom, type Random } from '../../../shared/statistics/random.ts';

/** Parts of a split as they are stored per row. */
export const TRAIN = 0;
export const VALIDATION = 1;
export const TEST = 2;

/** Rows of one person share a number; null: every row counts as a person of its own. `stratum` is a class code ≥ 0 per row. */
export type SplitRows = { subject: Int32Array | null; stratum: Int32Array };
export type Shares = { train: number; validation: number; test: number };

/**
 * Assigns persons to train (0), validation (1) and test (2), each stratum by its shares, in an order drawn from `seed`. A person
 * with rows of several strata counts in the most frequent one, the higher of two. SPLIT_INVALID when the shares do not add up
 * to 1 or a part with a share gets nobody.
 */
export function makeSplit(request: SplitRows & { shares: Shares; seed: number }): { part: Uint8Array } {
  const { train, validation, test } = request.shares;
  const shares = [train, validation, test];
  if (
    shares.some((share) => !(share >= 0)) ||
    Math.abs(train + validation + test - 1) > 1e-6 ||
    train === 0 ||
    test === 0
  ) {
    throw new AppError(
      'SPLIT_INVALID',
      `The shares ${shares.join('/')} cannot be used: training and test need a share, and the three must add up to 1.`,
    );
  }
  const persons = strataOfPersons(request);
  const partOf = new Uint8Array(persons.stratum.length);
  const counts = [0, 0, 0];
  let assigned = 0;
  for (const members of shuffledStrata(persons.stratum, createRandom(request.seed))) {
    for (const person of members) {
      assigned += 1;
      // The part that lags furthest behind its share of everybody assigned so far takes the next person.
      const part = shares
        .map((share, p) => share * assigned - counts[p]!)
        .reduce((best, lag, p, all) => (lag > all[best]! + 1e-9 ? p : best), 0);
      counts[part]! += 1;
      partOf[person] = part;
    }
  }
  const empty = shares.findIndex((share, p) => share > 0 && counts[p] === 0);
  if (empty >= 0) {
    const name = ['training', 'validation', 'test'][empty]!;
    throw new AppError(
      'SPLIT_INVALID',
      `The ${name} part would be empty: there are only ${assigned} ${unit(request)} to share out.`,
    );
  }
  return { part: Uint8Array.from(persons.ofRow, (person) => partOf[person]!) };
}

/**
 * Assigns persons to folds 0 … folds − 1, each stratum spread evenly, in an order drawn from `seed`. SPLIT_INVALID when there
 * are fewer persons than folds.
 */
export function makeFolds(request: SplitRows & { folds: number; seed: number }): Int16Array {
  const persons = strataOfPersons(request);
  if (!Number.isInteger(request.folds) || request.folds < 2 || request.folds > persons.stratum.length) {
    throw new AppError(
      'SPLIT_INVALID',
      `${request.folds} folds cannot be made of ${persons.stratum.length} ${unit(request)}: take at least 2 folds and no more than that.`,
    );
  }
  const foldOf = new Int16Array(persons.stratum.length);
  let next = 0;
  for (const members of shuffledStrata(persons.stratum, createRandom(request.seed))) {
    for (const person of members) foldOf[person] = next++ % request.folds;
  }
  return Int16Array.from(persons.ofRow, (person) => foldOf[person]!);
}

/**
 * The split that a column of the table states: `train`, `val` or `validation`, `test`, whatever the case. SPLIT_INVALID for
 * other values, missing cells, or no training or test rows.
 */
export function splitFromColumn(cells: { codes: Int32Array; dictionary: string[] }): { part: Uint8Array } {
  const names: Record<string, number> = { train: TRAIN, val: VALIDATION, validation: VALIDATION, test: TEST };
  const partOfCode = cells.dictionary.map((level) => names[level.trim().toLowerCase()]);
  let unknown = 0;
  const counts = [0, 0, 0];
  const part = Uint8Array.from(cells.codes, (code) => {
    const found = code < 0 ? undefined : partOfCode[code];
    if (found === undefined) unknown += 1;
    else counts[found]! += 1;
    return found ?? 0;
  });
  if (unknown > 0) {
    throw new AppError(
      'SPLIT_INVALID',
      `${unknown} rows of the split column say neither train, val, validation nor test.`,
    );
  }
  if (counts[TRAIN] === 0 || counts[TEST] === 0) {
    throw new AppError('SPLIT_INVALID', 'The split column names no rows for training or none for the test.');
  }
  return { part };
}

/** Persons with rows in more than one part (or fold). */
export function countOverlap(subject: Int32Array | null, part: ArrayLike<number>): number {
  if (subject === null) return 0;
  const first = new Map<number, number>();
  const both = new Set<number>();
  for (let row = 0; row < subject.length; row++) {
    const before = first.get(subject[row]!);
    if (before === undefined) first.set(subject[row]!, part[row]!);
    else if (before !== part[row]) both.add(subject[row]!);
  }
  return both.size;
}

/** SUBJECT_OVERLAP, with the count, when a person is on two sides. */
export function assertNoOverlap(subject: Int32Array | null, part: ArrayLike<number>): void {
  const overlap = countOverlap(subject, part);
  if (overlap === 0) return;
  throw new AppError(
    'SUBJECT_OVERLAP',
    `${overlap} ${overlap === 1 ? 'person is' : 'persons are'} on more than one side of this split, so its test would be too good. Nothing was trained.`,
    'Split by subject (shares or folds), or correct the split column.',
  );
}

/** SHA-256 (64 hex) of an assignment of rows to parts or folds: equal exactly when every row is on the same side. */
export function splitHash(part: Uint8Array | Int16Array): string {
  return createHash('sha256')
    .update(`wardbook split 1, ${part.length} rows\n`)
    .update(Int16Array.from(part))
    .digest('hex');
}

function unit(request: SplitRows): string {
  return request.subject === null ? 'rows' : 'subjects';
}

/** Numbers persons densely from 0 and gives each one stratum. */
function strataOfPersons({ subject, stratum }: SplitRows): { ofRow: Int32Array; stratum: Int32Array } {
  if (subject === null) return { ofRow: Int32Array.from(stratum, (_, row) => row), stratum };
  const dense = new Map<number, number>();
  const ofRow = Int32Array.from(subject, (person) => {
    const known = dense.get(person);
    if (known !== undefined) return known;
    dense.set(person, dense.size);
    return dense.size - 1;
  });
  const strata = stratum.reduce((most, code) => Math.max(most, code), 0) + 1;
  const counts = new Int32Array(dense.size * strata);
  for (let row = 0; row < ofRow.length; row++) counts[ofRow[row]! * strata + stratum[row]!]! += 1;
  const chosen = new Int32Array(dense.size);
  for (let person = 0; person < dense.size; person++) {
    let best = 0;
    for (let code = 0; code < strata; code++)
      if (counts[person * strata + code]! >= counts[person * strata + best]!) best = code;
    chosen[person] = best;
  }
  return { ofRow, stratum: chosen };
}

/** Persons of each stratum in ascending order of stratum, each list shuffled (Fisher and Yates). */
function shuffledStrata(stratum: Int32Array, random: Random): Int32Array[] {
  const members = new Map<number, number[]>();
  for (let person = 0; person < stratum.length; person++) {
    const list = members.get(stratum[person]!);
    if (list === undefined) members.set(stratum[person]!, [person]);
    else list.push(person);
  }
  return [...members.entries()]
    .sort(([a], [b]) => a - b)
    .map(([, list]) => {
      const order = Int32Array.from(list);
      for (let last = order.length - 1; last > 0; last--) {
        const other = random.below(last + 1);
        [order[last], order[other]] = [order[other]!, order[last]!];
      }
      return order;
    });
}
