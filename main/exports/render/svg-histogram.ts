import type { ReleasedHistogram } from '../../../shared/model/exportable-run.ts';
import { type Element, h } from './element.ts';
import { px } from './svg-axes.ts';
import { grouped } from './words.ts';

const frame = { width: 400, height: 190, left: 8, right: 8, top: 16, bottom: 34 };

/** Scores per true class: "yes" above the line, "no" below it; area is proportional to the count, since bins differ in width. */
export function histogramFigure(histogram: ReleasedHistogram): Element {
  const inner = { width: frame.width - frame.left - frame.right, height: frame.height - frame.top - frame.bottom };
  const density = (count: number, from: number, to: number): number => count / (to - from);
  const highest = (key: 'positives' | 'negatives'): number =>
    Math.max(...histogram.bins.map((bin) => density(bin[key], bin.from, bin.to)));
  const up = highest('positives');
  const scale = inner.height / (up + highest('negatives'));
  const zero = frame.top + up * scale;
  const x = (score: number): number => px(frame.left + score * inner.width);
  const bars = histogram.bins.flatMap(({ from, to, positives, negatives }) => {
    const box = { x: x(from) + 0.5, width: px(x(to) - x(from) - 1) };
    const yes = px(density(positives, from, to) * scale);
    const no = px(density(negatives, from, to) * scale);
    return [
      h('rect', { class: 'yes', ...box, y: px(zero - yes), height: yes }),
      h('rect', { class: 'no', ...box, y: px(zero), height: no }),
    ];
  });
  const ticks = [0, 0.25, 0.5, 0.75, 1];
  const total = (key: 'positives' | 'negatives'): string =>
    grouped(histogram.bins.reduce((sum, bin) => sum + bin[key], 0));
  return h(
    'svg',
    {
      class: 'chart',
      viewBox: `0 0 ${frame.width} ${frame.height}`,
      role: 'img',
      'aria-label': 'Scores per true class',
    },
    bars,
    h('line', { class: 'axis', x1: frame.left, x2: frame.width - frame.right, y1: px(zero), y2: px(zero) }),
    ticks.map((t) =>
      h(
        'text',
        { x: x(t), y: frame.height - 18, 'text-anchor': t === 0 ? 'start' : t === 1 ? 'end' : 'middle' },
        String(t),
      ),
    ),
    h('text', { x: frame.width - frame.right, y: frame.height - 3, 'text-anchor': 'end' }, 'predicted probability'),
    h(
      'text',
      { x: frame.left, y: frame.height - 3 },
      `above: positive, ${total('positives')}; below: negative, ${total('negatives')}`,
    ),
  );
}
