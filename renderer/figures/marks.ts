import type { Layout } from './figure.ts';

/**
 * What moves over a chart while a person drags: drawn on top of it, so that the chart itself is not drawn again. In data
 * coordinates of the figure.
 */
export type Mark =
  | { kind: 'point'; x: number; y: number }
  /** `accent`: the threshold itself; `reference`: from a point to the axes, dashed. */
  | { kind: 'line'; x0: number; y0: number; x1: number; y1: number; tone: 'accent' | 'reference' }
  /** In the lower right corner, counted in lines from the bottom. */
  | { kind: 'note'; line: number; text: string };

export type PlacedMark =
  | { kind: 'point'; x: number; y: number }
  | { kind: 'line'; x0: number; y0: number; x1: number; y1: number; tone: 'accent' | 'reference' }
  | { kind: 'note'; x: number; y: number; text: string };

/** Marks in pixels of a chart of this width; linear axes with a fixed range only. */
export function placeMarks(layout: Layout, width: number, marks: readonly Mark[]): PlacedMark[] {
  const { margin, height, xaxis, yaxis } = layout;
  const [x0 = 0, x1 = 1] = xaxis.range ?? [];
  const [y0 = 0, y1 = 1] = yaxis.range ?? [];
  const inner = { width: width - margin.l - margin.r, height: height - margin.t - margin.b };
  const x = (value: number) => margin.l + ((value - x0) / (x1 - x0)) * inner.width;
  const y = (value: number) => margin.t + ((y1 - value) / (y1 - y0)) * inner.height;
  return marks.map((mark): PlacedMark => {
    if (mark.kind === 'point') return { kind: 'point', x: x(mark.x), y: y(mark.y) };
    if (mark.kind === 'note') return { kind: 'note', x: x(0.985), y: y(0.05 + mark.line * 0.062), text: mark.text };
    return { kind: 'line', x0: x(mark.x0), y0: y(mark.y0), x1: x(mark.x1), y1: y(mark.y1), tone: mark.tone };
  });
}
