import type { Layout } from './figure.ts';
/**
 * What moves over a chart while a person drags: drawn on top of it, so that the chart itself is not drawn again. In data
 * coordinates of the figure.
 */
export type Mark =
  | {
      kind: 'point';
      x: number;
      y: number;
    }
  /** `accent`: the threshold itself; `reference`: from a point to the axes, dashed. */
  | {
      kind: 'line';
      x0: number;
      y0: number;
      x1: number;
      y1: number;
      tone: 'accent' | 'reference';
    }
  /** In the lower right corner, counted in lines from the bottom. */
  | {
      kind: 'note';
      line: number;
      text: string;
    };
export type PlacedMark =
  | {
      kind: 'point';
      x: number;
      y: number;
    }
  | {
      kind: 'line';
      x0: number;
      y0: number;
      x1: number;
      y1: number;
      tone: 'accent' | 'reference';
    }
  | {
      kind: 'note';
      x: number;
      y: number;
      text: string;
    };
/** Marks in pixels of a chart of this width; linear axes with a fixed range only. */
export declare function placeMarks(layout: Layout, width: number, marks: readonly Mark[]): PlacedMark[];
