import './run-table.css';
import { type ColumnDef, getCoreRowModel, type Header, useReactTable } from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { RunSummary } from '../../../shared/model/run.ts';
import { Checkbox } from '../../ui/choice.tsx';
import { estimateWidth } from '../../ui/estimate-width.ts';
import { Icon } from '../../ui/icon.tsx';
import { useSelection } from '../../ui/run-colour.tsx';
import { columnName, decimalsOf, type RunColumn } from './columns.tsx';
import { fitWidths } from './fit-widths.ts';
import type { Rows } from './rows.ts';
import { GroupRow, RunRow } from './run-row.tsx';
import { useSparks } from './use-sparks.ts';
import type { View } from './view.ts';

type Props = {
  rows: Rows;
  columns: RunColumn[];
  view: View;
  onView: (view: Partial<View>) => void;
  /** Index of the current row. */
  cursor: number;
  onCursor: (index: number) => void;
  onSight: (sight: { first: number; last: number }) => void;
  sight: { first: number; last: number };
  onToggle: (index: number, range: boolean) => void;
  onToggleAll: () => void;
  onOpenGroup: (group: string) => void;
  renaming: string | null;
  onRenamed: (run: RunSummary, name: string | null) => void;
};

const CHECK_WIDTH = 34;
const LEAST_WIDTH = 48;
const NORMAL_TEXT = 13;
const END_WIDTH = 10;

/** The virtual table of runs: only rows in sight exist; every column is as wide as its finished values. */
export function RunTable(props: Props) {
  const { rows, columns, view, onView, cursor, onSight, sight } = props;
  const wrap = useRef<HTMLDivElement>(null);
  const [room, setRoom] = useState(0);
  const [rowHeight, setRowHeight] = useState(32);
  const [scale, setScale] = useState(1);
  const selection = useSelection();
  // By the minute: dates need no more, and rows are not drawn again for less.
  const now = Math.floor(Date.now() / 60_000) * 60_000 + 59_999;

  useLayoutEffect(() => {
    const element = wrap.current!;
    const measure = () => {
      setRoom(element.clientWidth);
      const style = getComputedStyle(element);
      setRowHeight(Number.parseFloat(style.getPropertyValue('--row')) || 32);
      setScale((Number.parseFloat(style.getPropertyValue('--text-13')) || NORMAL_TEXT) / NORMAL_TEXT);
    };
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    measure();
    return () => observer.disconnect();
  }, []);

  const virtual = useVirtualizer({
    count: rows.count,
    getScrollElement: () => wrap.current,
    estimateSize: () => rowHeight,
    overscan: 10,
    scrollPaddingStart: rowHeight,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new row height means new offsets
  useEffect(() => virtual.measure(), [virtual, rowHeight]);
  const items = virtual.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => onSight({ first, last }), [first, last, onSight]);
  useEffect(() => {
    if (cursor >= 0) virtual.scrollToIndex(cursor, { align: 'auto' });
  }, [cursor, virtual]);

  const sparks = useSparks(
    rows,
    sight,
    columns.some((column) => column.id === 'spark'),
  );
  const decimals = useMemo(() => decimalsOf(columns, rows.loaded), [columns, rows.loaded]);
  const { headers, widths } = useColumnWidths(columns, view, onView, { room, scale, decimals });
  const chosen = rows.loaded.filter((run) => selection.has(run.id)).length;

  const before = items[0]?.start ?? 0;
  const after = virtual.getTotalSize() - (items.at(-1)?.end ?? 0);
  return (
    <div className="runs-wrap" ref={wrap}>
      <table className="runs" aria-rowcount={rows.count + 1} aria-label="Runs">
        <colgroup>
          <col style={{ width: CHECK_WIDTH }} />
          {columns.map((column, at) => (
            <col key={column.id} style={{ width: widths[at] }} />
          ))}
          <col />
        </colgroup>
        <thead>
          <tr aria-rowindex={1}>
            <th className="ck">
              <Checkbox
                checked={chosen > 0 && chosen === rows.loaded.length}
                mixed={chosen > 0 && chosen < rows.loaded.length}
                onChange={props.onToggleAll}
                label="Select all runs that match"
              />
            </th>
            {columns.map((column, at) => (
              <ColumnHead key={column.id} column={column} header={headers[at]!} view={view} onView={onView} />
            ))}
            <td className="filler" />
          </tr>
        </thead>
        <tbody>
          {before > 0 && <tr style={{ height: before }} />}
          {items.map((item) => {
            const row = rows.rowAt(item.index);
            const current = item.index === cursor;
            if (row.kind === 'group') {
              return (
                <GroupRow
                  key={`group ${row.group.group}`}
                  index={item.index}
                  row={row}
                  columns={columns}
                  current={current}
                  decimals={decimals}
                  onOpen={props.onOpenGroup}
                  onCursor={props.onCursor}
                />
              );
            }
            if (row.kind !== 'run') {
              return (
                <tr key={item.index} aria-rowindex={item.index + 2} className="pending">
                  <td />
                  <td colSpan={columns.length + 1} className="t3">
                    {row.kind === 'more' ? row.text : ''}
                  </td>
                </tr>
              );
            }
            return (
              <RunRow
                key={row.run.id}
                index={item.index}
                run={row.run}
                child={row.child}
                remark={row.remark}
                columns={columns}
                current={current}
                decimals={decimals}
                series={sparks.get(row.run.id) ?? null}
                slot={selection.get(row.run.id) ?? null}
                now={now}
                renaming={props.renaming === row.run.id}
                onCursor={props.onCursor}
                onToggle={props.onToggle}
                onRenamed={props.onRenamed}
              />
            );
          })}
          {after > 0 && <tr style={{ height: after }} />}
        </tbody>
      </table>
    </div>
  );
}

type Room = { room: number; scale: number; decimals: Map<string, number> };

/**
 * Column widths with TanStack Table's resizing. Those of the view are for the normal size of text (`scale` 1).
 */
function useColumnWidths(columns: RunColumn[], view: View, onView: Props['onView'], { room, scale, decimals }: Room) {
  const definitions = useMemo<ColumnDef<never>[]>(
    () => columns.map((column) => ({ id: column.id, accessorFn: () => null, minSize: LEAST_WIDTH })),
    [columns],
  );
  const sizing = Object.fromEntries(view.columns.map(({ id, width }) => [id, width * scale]));
  const table = useReactTable<never>({
    data: [],
    columns: definitions,
    getCoreRowModel: getCoreRowModel(),
    columnResizeMode: 'onChange',
    state: { columnSizing: sizing },
    onColumnSizingChange: (update) => {
      const next = typeof update === 'function' ? update(sizing) : update;
      const widthOf = (id: string, width: number) => Math.max(LEAST_WIDTH, (next[id] ?? width * scale) / scale);
      onView({ columns: view.columns.map(({ id, width }) => ({ id, width: widthOf(id, width) })) });
    },
  });
  const headers = table.getHeaderGroups()[0]?.headers ?? [];
  const wished = columns.map(({ id, width }) => {
    const digits = decimals.get(id);
    return {
      id,
      width: sizing[id] ?? width * scale,
      least: digits === undefined ? 0 : estimateWidth(digits) * scale,
    };
  });
  return { headers, widths: fitWidths(wished, room - CHECK_WIDTH - END_WIDTH, scale) };
}

function ColumnHead({
  column,
  header,
  view,
  onView,
}: {
  column: RunColumn;
  header: Header<never, unknown>;
  view: View;
  onView: Props['onView'];
}) {
  const sortKey = view.sort?.key ?? 'started';
  const descending = view.sort?.descending ?? true;
  const sorted = column.sort !== undefined && column.sort === sortKey;
  const { sort } = column;
  const content = (
    <>
      <span className="head-text">
        {column.label}
        {column.unit && <span className="head-unit"> {column.unit}</span>}
      </span>
      {sorted && <Icon name={descending ? 'descending' : 'ascending'} small />}
    </>
  );
  return (
    <th
      className={column.right ? 'right' : undefined}
      aria-sort={sorted ? (descending ? 'descending' : 'ascending') : undefined}
    >
      {sort ? (
        <button
          type="button"
          className="head-sort"
          title={`Sort by ${columnName(column)}`}
          onClick={() =>
            onView({ sort: { key: sort, descending: sorted ? !descending : !column.id.startsWith('name') } })
          }
        >
          {content}
        </button>
      ) : (
        content
      )}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: widths are also set in the Columns panel */}
      <span
        className="head-resize"
        onMouseDown={header.getResizeHandler()}
        onDoubleClick={() => header.column.resetSize()}
      />
    </th>
  );
}
