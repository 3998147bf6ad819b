// biome-ignore-all lint/a11y/useSemanticElements: the rows of a virtual grid are placed one by one, as those of a table cannot be
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useEffect, useId, useLayoutEffect, useRef, useState } from 'react';
import { count } from '../../../shared/format.ts';
import { Picture } from '../../ui/picture.tsx';
import { type Thumbnail, useThumbnails } from '../../ui/use-thumbnails.ts';

type Props = {
  name: string;
  version: number;
  rows: Int32Array;
  /** The current image, by its place in `rows`. */
  place: number;
  onPlace: (place: number) => void;
  onOpen: () => void;
};

/** Width of one image with its gap, and its height with its word. */
const TILE = { width: 144, height: 168 };

/** Thumbnails in rows, of which only those in sight exist. Arrows move, Enter or a click opens. */
export function ImageGrid({ name, version, rows, place, onPlace, onOpen }: Props) {
  const wrap = useRef<HTMLDivElement>(null);
  const id = useId();
  const [across, setAcross] = useState(6);
  useLayoutEffect(() => {
    const measure = () => setAcross(Math.max(1, Math.floor((wrap.current!.clientWidth - 8) / TILE.width)));
    const observer = new ResizeObserver(measure);
    observer.observe(wrap.current!);
    measure();
    return () => observer.disconnect();
  }, []);

  const lines = Math.ceil(rows.length / across);
  const virtual = useVirtualizer({
    count: lines,
    getScrollElement: () => wrap.current,
    estimateSize: () => TILE.height,
    overscan: 2,
  });
  const items = virtual.getVirtualItems();
  useEffect(() => virtual.scrollToIndex(Math.floor(place / across), { align: 'auto' }), [place, across, virtual]);
  const last = ((items.at(-1)?.index ?? 0) + 1) * across - 1;
  const thumbnail = useThumbnails(name, version, rows, (items[0]?.index ?? 0) * across, last);

  function onKeyDown(event: KeyboardEvent) {
    const visible = Math.max(1, Math.floor((wrap.current?.clientHeight ?? 0) / TILE.height));
    const moves: Record<string, number> = {
      ArrowLeft: place - 1,
      ArrowRight: place + 1,
      ArrowUp: place - across,
      ArrowDown: place + across,
      PageUp: place - across * visible,
      PageDown: place + across * visible,
      Home: 0,
      End: rows.length - 1,
    };
    const next = moves[event.key];
    if (event.key === 'Enter') onOpen();
    else if (next === undefined) return;
    else onPlace(Math.min(rows.length - 1, Math.max(0, next)));
    event.preventDefault();
    event.stopPropagation();
  }

  return (
    <div
      ref={wrap}
      className="image-grid"
      role="grid"
      tabIndex={0}
      aria-label="Images"
      aria-rowcount={lines}
      aria-colcount={across}
      aria-activedescendant={`${id}-${place}`}
      onKeyDown={onKeyDown}
    >
      <div role="presentation" className="image-lines" style={{ height: virtual.getTotalSize() }}>
        {items.map((item) => (
          // biome-ignore lint/a11y/useFocusableInteractive: the grid holds the focus and names the active cell
          <div
            key={item.key}
            role="row"
            aria-rowindex={item.index + 1}
            className="image-line"
            style={{ transform: `translateY(${item.start}px)` }}
          >
            {Array.from({ length: Math.min(across, rows.length - item.index * across) }, (_, column) => {
              const at = item.index * across + column;
              return (
                <Tile
                  key={rows[at]}
                  id={`${id}-${at}`}
                  row={rows[at]!}
                  column={column}
                  thumbnail={thumbnail(at)}
                  current={at === place}
                  onOpen={() => {
                    onPlace(at);
                    onOpen();
                  }}
                />
              );
            })}
          </div>
        ))}
      </div>
    </div>
  );
}

type TileProps = {
  id: string;
  row: number;
  column: number;
  thumbnail: Thumbnail | undefined;
  current: boolean;
  onOpen: () => void;
};

function Tile({ id, row, column, thumbnail, current, onOpen }: TileProps) {
  const word = thumbnail?.label ?? (thumbnail === undefined ? '' : 'no class');
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/useFocusableInteractive: the grid holds the focus; its Enter opens the active cell
    <div
      role="gridcell"
      id={id}
      aria-colindex={column + 1}
      aria-selected={current}
      aria-label={`Image ${count(row + 1)}${word === '' ? '' : `, ${word}`}`}
      className={current ? 'tile current' : 'tile'}
      onClick={onOpen}
    >
      <span className="tile-picture">{thumbnail && <Picture of={thumbnail} className="tile-canvas" />}</span>
      <span className="tile-word" title={word}>
        {word}
      </span>
    </div>
  );
}
