import { useLayoutEffect, useRef, useState } from 'react';

/** The inner width of an element in pixels, followed as it changes. */
export function useWidth<T extends HTMLElement>(): [React.RefObject<T | null>, number] {
  const ref = useRef<T>(null);
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const element = ref.current!;
    setWidth(Math.floor(element.getBoundingClientRect().width));
    const observer = new ResizeObserver(([entry]) => setWidth(Math.floor(entry!.contentRect.width)));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [ref, width];
}

const GAP = 24;
const LEAST = 270;
const MOST = 460;

/** Side of square charts that share a row: as many columns as fit (at most five), each between 270 and 460 pixels. */
export function squareSide(width: number): { side: number; columns: number } {
  const columns = Math.max(1, Math.min(5, Math.floor((width + GAP) / (LEAST + GAP))));
  return { columns, side: Math.min(MOST, Math.floor((width - GAP * (columns - 1)) / columns)) };
}
