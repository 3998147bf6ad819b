import { type Element, h } from './element.ts';

export const square = { width: 380, height: 372, left: 34, right: 12, top: 8, bottom: 40 };
type Frame = typeof square;

/** Shares 0 to 1 to pixels. */
export const xOf = (share: number, frame: Frame): number =>
  px(frame.left + share * (frame.width - frame.left - frame.right));
export const yOf = (share: number, frame: Frame): number =>
  px(frame.height - frame.bottom - share * (frame.height - frame.top - frame.bottom));

/** Axes from 0 to 1 both ways, a faint grid, the horizontal axis named at its right end. */
export function unitAxes(frame: Frame, horizontal: string): Element[] {
  const ticks = [0, 0.25, 0.5, 0.75, 1];
  const bottom = yOf(0, frame);
  return [
    ...ticks
      .slice(1)
      .map((t) =>
        h('line', { class: 'grid', x1: frame.left, x2: xOf(1, frame), y1: yOf(t, frame), y2: yOf(t, frame) }),
      ),
    ...ticks
      .slice(1)
      .map((t) => h('line', { class: 'grid', x1: xOf(t, frame), x2: xOf(t, frame), y1: yOf(1, frame), y2: bottom })),
    ...ticks.map((t) => h('text', { x: frame.left - 7, y: yOf(t, frame) + 4, 'text-anchor': 'end' }, String(t))),
    ...ticks.map((t) => h('text', { x: xOf(t, frame), y: bottom + 16, 'text-anchor': 'middle' }, String(t))),
    h('line', { class: 'axis', x1: frame.left, x2: xOf(1, frame), y1: bottom, y2: bottom }),
    h('text', { x: xOf(1, frame), y: frame.height - 8, 'text-anchor': 'end' }, horizontal),
  ];
}

export const polyline = (points: [number, number][]): string =>
  points.map(([x, y], i) => `${i === 0 ? 'M' : 'L'}${x} ${y}`).join('');

/** Two decimals of a pixel at most. */
export const px = (value: number): number => Math.round(value * 100) / 100;

/** Labels of the series in an empty corner, a swatch each; more than eight are told by the table beside. */
export function keyList(labels: { index: number; text: string }[], x: number, y: number): Element[] {
  if (labels.length > 8) return [];
  return labels.map(({ index, text }, row) =>
    h(
      'g',
      { class: `s${(index % 8) + 1}` },
      h('rect', { class: 'box', x, y: y + row * 16 - 8, width: 8, height: 8, rx: 1.5 }),
      h('text', { class: 'key', x: x + 13, y: y + row * 16 }, text),
    ),
  );
}
