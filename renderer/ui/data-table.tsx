import { MISSING, plain } from '../../shared/format.ts';
import type { FigureTable } from '../figures/figure.ts';

const SHOWN = 500;

/** The numbers behind a chart. Long ones show their first 500 rows and say so. */
export function DataTable({ table, label }: { table: FigureTable; label: string }) {
  const rows = table.rows.slice(0, SHOWN);
  return (
    <>
      <table className="plain" aria-label={label}>
        <thead>
          <tr>
            {table.columns.map((column, at) => (
              <th key={column} className={at === 0 ? undefined : 'right'}>
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows of a chart have no identity of their own
            <tr key={at}>
              {row.map((cell, column) => (
                <td key={table.columns[column]} className={column === 0 ? undefined : 'right'}>
                  {cell === null ? MISSING : typeof cell === 'number' ? plain(cell) : cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {table.rows.length > SHOWN && (
        <p className="t3 small">
          First {SHOWN} of {table.rows.length} rows.
        </p>
      )}
    </>
  );
}
