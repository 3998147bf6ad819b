import type { ReleasedCalibration, ReleasedRoc } from '../../../shared/model/exportable-run.ts';
import { type Element, h } from './element.ts';
import { keyList, polyline, square, unitAxes, xOf, yOf } from './svg-axes.ts';

export type Curve<T> = { index: number; label: string; curve: T };

/** ROC curves of all runs: straight lines between merged bins, a dot at each, the decision point filled. */
export function rocFigure(curves: Curve<ReleasedRoc>[]): Element {
  const lines = curves.map(({ index, curve }) => {
    const points = curve.points.map(({ falsePositiveRate, truePositiveRate }): [number, number] => [
      xOf(falsePositiveRate, square),
      yOf(truePositiveRate, square),
    ]);
    const inner = points.slice(1, -1).map(([x, y], i) => h('circle', dotOf(x, y, curve.operatingPoint === i + 1)));
    return series(index, points, inner);
  });
  return figure('Binned ROC curves', unitAxes(square, '1 − specificity'), lines, curves);
}

/** Observed share against mean predicted probability. */
export function calibrationFigure(curves: Curve<ReleasedCalibration>[]): Element {
  const lines = curves.map(({ index, curve }) => {
    const points = curve.points.map(({ predicted, observed }): [number, number] => [
      xOf(predicted, square),
      yOf(observed, square),
    ]);
    return series(
      index,
      points,
      points.map(([x, y]) => h('circle', dotOf(x, y, false))),
    );
  });
  return figure('Binned calibration', unitAxes(square, 'mean predicted probability'), lines, curves);
}

function series(index: number, points: [number, number][], dots: Element[]): Element {
  const dashed = index >= 8 ? ' dash' : '';
  return h('g', { class: `s${(index % 8) + 1}` }, h('path', { class: `line${dashed}`, d: polyline(points) }), dots);
}

function dotOf(x: number, y: number, operating: boolean): Record<string, string | number> {
  return operating ? { class: 'point', cx: x, cy: y, r: 5 } : { class: 'dot', cx: x, cy: y, r: 2.75 };
}

function figure(name: string, axes: Element[], lines: Element[], curves: Curve<unknown>[]): Element {
  const ideal = polyline([
    [xOf(0, square), yOf(0, square)],
    [xOf(1, square), yOf(1, square)],
  ]);
  const labels = curves.map(({ index, label }) => ({ index, text: label }));
  const listTop = yOf(0, square) - 14 - (labels.length - 1) * 16;
  return h(
    'svg',
    { class: 'chart', viewBox: `0 0 ${square.width} ${square.height}`, role: 'img', 'aria-label': name },
    axes,
    h('path', { class: 'ideal', d: ideal }),
    lines,
    keyList(labels, xOf(1, square) - 62, listTop),
  );
}
