import { useVirtualizer } from '@tanstack/react-virtual';
import { useMemo, useRef } from 'react';
import { bytes, count, MISSING, plural } from '../../../../shared/format.ts';
import { EmptyState } from '../../../ui/screen.tsx';
import { mostColumns, type ReadTable } from './read-table.ts';

const ROW = 26;

type Props = { table: ReadTable; cut: { shown: number; of: number } | null };

/** Rows and columns of a file, only those in sight drawn; the head stays while it scrolls. */
export function TableView({ table, cut }: Props) {
  const scroll = useRef<HTMLElement>(null);
  const columns = table.columns.slice(0, mostColumns);
  const widths = useMemo(() => widthsOf(table, mostColumns), [table]);
  const virtual = useVirtualizer({
    count: table.rows.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => ROW,
    overscan: 10,
  });
  if (columns.length === 0) return <EmptyState>This table has no columns.</EmptyState>;
  const items = virtual.getVirtualItems();
  const above = items[0]?.start ?? 0;
  const below = virtual.getTotalSize() - (items.at(-1)?.end ?? 0);
  const first = numberWidth(table.rows.length);
  const align = (at: number) => (table.numeric[at] ? 'right' : undefined);
  return (
    <>
      <div className="artifact-note">
        <span className="t2 small">
          {plural(table.rows.length, 'row')}, {plural(table.columns.length, 'column')}
          {table.columns.length > mostColumns && `, the first ${mostColumns} shown`}
          {cut && `: the first ${bytes(cut.shown)} of ${bytes(cut.of)}. Save a copy for the rest.`}
        </span>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: long, so it must scroll by keyboard */}
      <section className="artifact-table" ref={scroll} tabIndex={0} aria-label="Table">
        <table
          aria-rowcount={table.rows.length + 1}
          style={{ width: widths.reduce((sum, width) => sum + width, first) }}
        >
          <thead>
            <tr aria-rowindex={1}>
              <th style={{ width: first }} className="right">
                <span className="visually-hidden">Row</span>
              </th>
              {columns.map((name, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: two columns may have one name
                <th key={at} style={{ width: widths[at] }} className={align(at)} title={name}>
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {above > 0 && <tr style={{ height: above }} />}
            {items.map((item) => (
              <tr key={item.key} aria-rowindex={item.index + 2}>
                <td className="t3 right">{count(item.index + 1)}</td>
                {columns.map((_, at) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: two columns may have one name
                  <Cell key={at} text={table.rows[item.index]![at] ?? null} align={align(at)} />
                ))}
              </tr>
            ))}
            {below > 0 && <tr style={{ height: below }} />}
          </tbody>
        </table>
      </section>
    </>
  );
}

function Cell({ text, align }: { text: string | null; align: string | undefined }) {
  if (text === null) return <td className={align === undefined ? 't3' : `t3 ${align}`}>{MISSING}</td>;
  return (
    <td className={align} title={text.length > 24 ? text.slice(0, 1_000) : undefined}>
      {text.slice(0, 300)}
    </td>
  );
}

const CHARACTER = 7.4;

function widthsOf(table: ReadTable, most: number): number[] {
  const looked = table.rows.slice(0, 100);
  return table.columns.slice(0, most).map((name, at) => {
    const longest = looked.reduce((size, row) => Math.max(size, row[at]?.length ?? 1), name.length);
    return Math.round(Math.min(320, Math.max(48, longest * CHARACTER + 18)));
  });
}

const numberWidth = (rows: number): number => 20 + String(rows).length * 9;
