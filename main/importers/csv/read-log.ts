import Papa from 'papaparse';
import { AppError } from '../../../shared/errors.ts';
import { parsePythonJson } from '../python-json.ts';
import { SeriesBuilder } from '../series-builder.ts';

/** The rows of a log by their columns, as text or numbers; what is absent is left out. */
export type LogRows = Record<string, unknown>[];

/** Columns that count: the first that is there is the step. */
const stepColumns = ['step', '_step', 'global_step', 'iteration', 'iter', 'batch', 'epoch', 'round'];
const timeColumns = ['_timestamp', 'timestamp', 'time', 'wall_time', 'created_at'];

/** CSV or TSV with a header. Throws FILE_UNREADABLE for what is no table. */
export function parseTable(text: string): LogRows {
  const { data } = Papa.parse<string[]>(text.replace(/^\uFEFF/, ''), { skipEmptyLines: 'greedy' });
  const [head = [], ...rows] = data;
  if (head.length < 2) throw unreadable('it is no table of two or more columns');
  // Of two columns of one name the first counts.
  const columns = head.map((name, i) => [name, i] as const).filter(([name, i]) => head.indexOf(name) === i);
  return rows.map((row) => Object.fromEntries(columns.map(([name, i]) => [name, row[i] ?? ''])));
}

/** One JSON object per line; a last line that is cut is left out. `rows` of what is no object are not there. */
export function parseLines(text: string): { rows: LogRows; bad: number } {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const rows: LogRows = [];
  let bad = 0;
  for (const line of lines) {
    try {
      const row = parsePythonJson(line);
      if (typeof row === 'object' && row !== null && !Array.isArray(row)) rows.push(row as Record<string, unknown>);
      else bad += 1;
    } catch {
      bad += 1;
    }
  }
  return { rows, bad };
}

/** What the Trainer of Hugging Face keeps: its list of logged values. Throws FILE_UNREADABLE. */
export function parseTrainerState(text: string): LogRows {
  let state: unknown;
  try {
    state = parsePythonJson(text);
  } catch {
    throw unreadable('it is not JSON');
  }
  const history = (state as { log_history?: unknown } | null)?.log_history;
  if (!Array.isArray(history)) throw unreadable('it has no log_history');
  return history.filter((row): row is Record<string, unknown> => typeof row === 'object' && row !== null);
}

/** The column that counts the rows of a log, null when there is none: then it is some other table and no log of a training. */
export function stepColumnOf(rows: LogRows): string | null {
  const names = Object.keys(rows[0] ?? {});
  const found = stepColumns.map((wanted) => names.find((name) => name.trim().toLowerCase() === wanted));
  return found.find((name) => name !== undefined) ?? null;
}

/**
 * Every numeric column as a series over the step; empty cells have no point. Without a step a row counts as its number.
 * `fallbackTime` (ms) is the time of rows that have none.
 */
export function seriesOf(rows: LogRows, stepColumn: string | null, fallbackTime: number): SeriesBuilder {
  const series = new SeriesBuilder();
  const timeColumn = Object.keys(rows[0] ?? {}).find((name) => timeColumns.includes(name.trim().toLowerCase()));
  rows.forEach((row, index) => {
    const counted = stepColumn === null ? index : numberOf(row[stepColumn]);
    const step = counted === null ? null : Math.round(counted);
    if (step === null || !Number.isSafeInteger(step)) return;
    const time = timeColumn === undefined ? fallbackTime : (timeOf(row[timeColumn]) ?? fallbackTime);
    for (const [name, cell] of Object.entries(row)) {
      const key = name.trim();
      if (name === stepColumn || name === timeColumn || key === '' || key.length > 250) continue;
      const value = numberOf(cell);
      if (value !== null) series.add(key, step, value, time);
    }
  });
  return series;
}

const words: Record<string, number> = {
  nan: Number.NaN,
  inf: Number.POSITIVE_INFINITY,
  infinity: Number.POSITIVE_INFINITY,
  '-inf': Number.NEGATIVE_INFINITY,
  '-infinity': Number.NEGATIVE_INFINITY,
};

function numberOf(cell: unknown): number | null {
  if (typeof cell === 'number') return cell;
  if (typeof cell !== 'string') return null;
  const text = cell.trim();
  if (text === '') return null;
  const word = words[text.toLowerCase()];
  if (word !== undefined) return word;
  const number = /^[+-]?(\d|\.\d)[\d.eE+-]*$/.test(text) ? Number(text) : Number.NaN;
  return Number.isNaN(number) ? null : number;
}

/** Seconds or milliseconds since 1970, or a date, as ms. */
function timeOf(cell: unknown): number | null {
  const number = numberOf(cell);
  if (number !== null) {
    const time = Math.round(number > 1e11 ? number : number * 1000);
    return time > 1e11 && Number.isSafeInteger(time) ? time : null;
  }
  const time = typeof cell === 'string' ? Date.parse(cell) : Number.NaN;
  return Number.isNaN(time) ? null : time;
}

export const unreadable = (reason: string): AppError => new AppError('FILE_UNREADABLE', reason);
