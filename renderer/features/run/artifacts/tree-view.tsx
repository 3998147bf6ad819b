import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useEffect, useRef } from 'react';
import { bytes } from '../../../../shared/format.ts';
import { Icon } from '../../../ui/icon.tsx';
import type { TreeRow } from './tree.ts';

type Props = {
  rows: readonly TreeRow[];
  /** Path of the row that has the focus and is shown. */
  current: string;
  onCurrent: (path: string) => void;
  onOpen: (path: string, open: boolean) => void;
};

const ROW = 26;

/** Folders and files with their sizes. Arrows move, right and left open and close, as in any tree. */
export function TreeView({ rows, current, onCurrent, onOpen }: Props) {
  const scroll = useRef<HTMLDivElement>(null);
  const at = rows.findIndex(({ path }) => path === current);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => ROW,
    overscan: 12,
  });
  useEffect(() => {
    if (at >= 0) virtual.scrollToIndex(at);
  }, [at, virtual]);

  const go = (index: number) => {
    const row = rows[Math.max(0, Math.min(rows.length - 1, index))];
    if (row) onCurrent(row.path);
  };

  function press(event: KeyboardEvent) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const row = rows[at];
    const folder = row !== undefined && row.files !== null;
    const keys = new Map<string, () => void>([
      ['ArrowDown', () => go(at + 1)],
      ['ArrowUp', () => go(at - 1)],
      ['Home', () => go(0)],
      ['End', () => go(rows.length - 1)],
      ['PageDown', () => go(at + 12)],
      ['PageUp', () => go(at - 12)],
      ['ArrowRight', () => (folder && !row.open ? onOpen(row.path, true) : folder && go(at + 1))],
      ['ArrowLeft', () => (folder && row.open ? onOpen(row.path, false) : go(parentOf(rows, at)))],
      ['Enter', () => folder && onOpen(row.path, !row.open)],
    ]);
    const does = keys.get(event.key);
    if (does === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    does();
  }

  return (
    <div
      className="artifact-tree"
      ref={scroll}
      role="tree"
      aria-label="Files of this run"
      tabIndex={0}
      aria-activedescendant={at < 0 ? undefined : `artifact-${at}`}
      onKeyDown={press}
    >
      <div style={{ height: virtual.getTotalSize() }} className="artifact-rows" role="presentation">
        {virtual.getVirtualItems().map((item) => {
          const row = rows[item.index]!;
          const folder = row.files !== null;
          return (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the tree around it takes the keys
            // biome-ignore lint/a11y/useFocusableInteractive: the tree has the focus and names the row
            <div
              key={row.path}
              id={`artifact-${item.index}`}
              role="treeitem"
              aria-level={row.depth + 1}
              aria-posinset={row.place}
              aria-setsize={row.of}
              aria-selected={row.path === current}
              aria-expanded={folder ? row.open : undefined}
              className={row.path === current ? 'artifact-row sel' : 'artifact-row'}
              style={{ transform: `translateY(${item.start}px)`, paddingLeft: 8 + row.depth * 14 }}
              title={row.path}
              onClick={() => {
                onCurrent(row.path);
                if (folder) onOpen(row.path, !row.open);
              }}
            >
              {folder ? <Icon name={row.open ? 'down' : 'right'} small /> : <span className="artifact-gap" />}
              <Icon name={folder ? 'folder' : 'file'} small />
              <span className="artifact-name">{row.name}</span>
              <span className="artifact-size">{bytes(row.bytes)}</span>
            </div>
          );
        })}
      </div>
    </div>
  );
}

function parentOf(rows: readonly TreeRow[], at: number): number {
  const depth = rows[at]?.depth ?? 0;
  for (let index = at - 1; index >= 0; index--) if (rows[index]!.depth < depth) return index;
  return at;
}
