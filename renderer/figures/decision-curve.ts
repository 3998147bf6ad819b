import type { Figure, FigureTheme } from './figure.ts';
import { axis, axisName, frame, unitAxes } from './frame.ts';

/** Net benefit over the threshold, beside treating everybody (dashed) and nobody (zero). */
export function decisionCurveFigure(
  theme: FigureTheme,
  curve: { thresholds: ArrayLike<number>; netBenefit: ArrayLike<number>; treatAll: ArrayLike<number> },
  options: { height: number },
): Figure {
  const top = Math.max(...Array.from(curve.netBenefit), ...Array.from(curve.treatAll));
  const bottom = -0.12 * top;
  // Treat-all falls without end; below the frame it says nothing.
  const inFrame = Array.from(curve.treatAll, (value) => (value < bottom ? null : value));
  return {
    data: [
      {
        type: 'scatter',
        mode: 'lines',
        x: curve.thresholds,
        y: inFrame,
        line: { color: theme.reference, width: 1, dash: '3px,3px' },
        hoverinfo: 'skip',
      },
      {
        type: 'scatter',
        mode: 'lines',
        x: curve.thresholds,
        y: Array.from(curve.netBenefit, (value) => (value < bottom ? null : value)),
        line: { color: theme.accent, width: 1.75 },
        hovertemplate: 'net benefit %{y:.3f} at %{x:.2f}<extra></extra>',
      },
    ],
    layout: frame(theme, options.height, {
      xaxis: unitAxes(theme).xaxis,
      yaxis: axis(theme, { range: [bottom, top * 1.04], nticks: 6 }),
      annotations: [axisName(theme, 'threshold')],
      shapes: [{ type: 'line', x0: 0, x1: 1, y0: 0, y1: 0, line: { color: theme.axis, width: 1 } }],
    }),
    table: {
      columns: ['threshold', 'net benefit', 'treat all'],
      rows: Array.from(curve.thresholds, (threshold, at) => [threshold, curve.netBenefit[at]!, curve.treatAll[at]!]),
    },
  };
}
