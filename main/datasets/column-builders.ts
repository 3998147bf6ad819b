import { encodeCodes, encodeNumbers, encodeTexts } from '../store/table/blocks.ts';
import type { ColumnSink } from '../store/table/write-table.ts';
import { type DateForm, readDate } from './date-cell.ts';
import { isMissingCell, noValue } from './missing-cell.ts';
import { type DecimalMark, readNumber, readPlainNumber } from './number-cell.ts';

/** What a column is taken for until a cell says otherwise. */
export type Guess =
  | { kind: 'number'; decimal: DecimalMark }
  | { kind: 'logical' }
  | { kind: 'date'; form: DateForm }
  | { kind: 'dictionary' }
  | { kind: 'text' };

/** Turns the cells of one column into blocks and hands them to its sink. */
export type ColumnBuilder = {
  /** Adds one column of some rows; false when a cell does not fit the guess, which is then wrong for good. */
  add(rows: string[][], column: number): boolean;
  /** Hands over what is left and returns the levels by first appearance (empty for other kinds). */
  end(): string[];
};

/**
 * What ends a block depends on the column's cells alone, never on how the file was cut into chunks: equal content gives equal
 * bytes and so an equal fingerprint.
 */
export type BuilderLimits = { blockRows: number; dictionaryBytes: number };

/** The guess after this one is refuted; the chain ends at text, which takes anything. */
export const nextGuess = (guess: Guess): Guess =>
  guess.kind === 'dictionary' ? { kind: 'text' } : { kind: 'dictionary' };

export function createBuilder(guess: Guess, sink: ColumnSink, limits: BuilderLimits): ColumnBuilder {
  switch (guess.kind) {
    case 'number':
      return numbers(sink, limits, guess.decimal === '.', (cell) => readNumber(cell, guess.decimal));
    case 'logical':
      return numbers(sink, limits, false, (cell) => logical.get(cell.toLowerCase()));
    case 'date':
      return numbers(sink, limits, false, (cell) => readDate(cell, guess.form));
    case 'dictionary':
      return levels(sink, limits);
    case 'text':
      return texts(sink, limits);
  }
}

const logical = new Map([
  ['true', 1],
  ['false', 0],
]);

function numbers(
  sink: ColumnSink,
  { blockRows }: BuilderLimits,
  pointNumbers: boolean,
  read: (cell: string) => number | undefined,
): ColumnBuilder {
  const values = new Float64Array(blockRows);
  const missing = new Uint8Array(blockRows);
  let held = 0;
  const flush = (): void => {
    if (held > 0) sink.append(encodeNumbers(values, missing, held), held);
    held = 0;
  };
  const hold = (value: number, gone: 0 | 1): void => {
    missing[held] = gone;
    // Minus zero becomes zero: the same number must have the same bytes.
    values[held++] = value + 0;
    if (held === blockRows) flush();
  };
  return {
    add(rows, column) {
      for (let row = 0; row < rows.length; row++) {
        const cell = rows[row]![column]!;
        if (pointNumbers) {
          const quick = readPlainNumber(cell);
          if (!Number.isNaN(quick)) {
            hold(quick, 0);
            continue;
          }
        }
        const trimmed = cell.trim();
        if (isMissingCell(trimmed)) {
          hold(Number.NaN, 1);
          continue;
        }
        const value = read(trimmed);
        if (value === undefined) return false;
        hold(value, 0);
      }
      return true;
    },
    end() {
      flush();
      return [];
    },
  };
}

/** More levels than this are texts. */
const MOST_LEVELS = 16_384;

function levels(sink: ColumnSink, { blockRows, dictionaryBytes }: BuilderLimits): ColumnBuilder {
  const codes = new Int32Array(blockRows);
  const codeOf = new Map<string, number>(noValue.map((token) => [token, -1]));
  const dictionary: string[] = [];
  let bytes = 0;
  let held = 0;
  const flush = (): void => {
    if (held > 0) sink.append(encodeCodes(codes, held), held);
    held = 0;
  };
  return {
    add(rows, column) {
      for (let row = 0; row < rows.length; row++) {
        const cell = rows[row]![column]!.trim();
        let code = codeOf.get(cell);
        if (code === undefined) {
          // A copy: the cell may be a slice that would keep megabytes of the file in memory.
          const level = Buffer.from(cell, 'utf8').toString('utf8');
          bytes += level.length;
          if (dictionary.length === MOST_LEVELS || bytes > dictionaryBytes) return false;
          code = dictionary.length;
          dictionary.push(level);
          codeOf.set(level, code);
        }
        codes[held++] = code;
        if (held === blockRows) flush();
      }
      return true;
    },
    end() {
      flush();
      return dictionary;
    },
  };
}

const LARGE_TEXT_BLOCK = 4 * 2 ** 20;

function texts(sink: ColumnSink, { blockRows }: BuilderLimits): ColumnBuilder {
  const offsets = new Uint32Array(blockRows + 1);
  const missing = new Uint8Array(blockRows);
  let utf8 = Buffer.alloc(1024);
  let held = 0;
  const flush = (): void => {
    if (held > 0) sink.append(encodeTexts(utf8, offsets, missing, held), held);
    held = 0;
  };
  return {
    add(rows, column) {
      for (let row = 0; row < rows.length; row++) {
        const cell = rows[row]![column]!.trim();
        const start = offsets[held]!;
        const most = start + cell.length * 3;
        if (most > utf8.length) {
          const larger = Buffer.alloc(Math.max(most, utf8.length * 2));
          larger.set(utf8.subarray(0, start));
          utf8 = larger;
        }
        const gone = cell.length <= 4 && noValue.includes(cell);
        missing[held] = gone ? 1 : 0;
        offsets[held + 1] = start + (gone ? 0 : utf8.write(cell, start, 'utf8'));
        held += 1;
        if (held === blockRows || offsets[held]! > LARGE_TEXT_BLOCK) flush();
      }
      return true;
    },
    end() {
      flush();
      return [];
    },
  };
}
