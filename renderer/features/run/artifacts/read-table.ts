import papa from 'papaparse';

/** Cells as text; null where there is none. Rows are as long as `columns`. */
export type ReadTable = { columns: string[]; rows: (string | null)[][]; numeric: boolean[] };

/** Columns beyond this are not drawn. */
export const mostColumns = 500;

/** A CSV or TSV text; the first line names the columns. `delimiter` null: the one that fits best. */
export function parseDelimited(text: string, delimiter: string | null): ReadTable {
  const { data } = papa.parse<string[]>(text, { delimiter: delimiter ?? '', skipEmptyLines: true });
  const [head = [], ...rows] = data;
  return tableOf(
    head.map((name, at) => (name === '' ? `column ${at + 1}` : name)),
    rows,
  );
}

/** JSON that is a table: `{columns, data}` as MLflow's `log_table` and pandas write it, or a list of flat objects. */
export function tableOfJson(value: unknown): ReadTable | null {
  if (isObject(value) && Array.isArray(value['columns']) && Array.isArray(value['data'])) {
    const { columns, data } = value as { columns: unknown[]; data: unknown[] };
    if (!data.every(Array.isArray)) return null;
    return tableOf(columns.map(String), data as unknown[][]);
  }
  if (!Array.isArray(value) || value.length === 0 || !value.every(isFlat)) return null;
  const columns = [...new Set(value.flatMap((row) => Object.keys(row)))];
  return tableOf(
    columns,
    value.map((row) => columns.map((column) => row[column])),
  );
}

function tableOf(columns: string[], data: readonly (readonly unknown[])[]): ReadTable {
  const width = Math.max(columns.length, ...data.slice(0, 1_000).map((row) => row.length));
  const names = Array.from({ length: width }, (_, at) => columns[at] ?? `column ${at + 1}`);
  const rows = data.map((row) => names.map((_, at) => cellText(row[at])));
  const looked = rows.slice(0, 200);
  const numeric = names.map((_, at) => {
    const cells = looked.map((row) => row[at]!).filter((cell) => cell !== null && cell !== '');
    return cells.length > 0 && cells.every((cell) => !Number.isNaN(Number(cell)) || /^-?(nan|inf)$/i.test(cell!));
  });
  return { columns: names, rows, numeric };
}

function cellText(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isFlat = (value: unknown): value is Record<string, unknown> =>
  isObject(value) && Object.values(value).every((cell) => typeof cell !== 'object' || cell === null);
