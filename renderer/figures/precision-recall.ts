import type { Figure, FigureTheme } from './figure.ts';
import { axisName, frame, unitAxes } from './frame.ts';

/** Precision over recall, square; the prevalence is the dashed reference: what chance would reach. */
export function precisionRecallFigure(
  theme: FigureTheme,
  curve: { thresholds: ArrayLike<number>; precision: ArrayLike<number>; recall: ArrayLike<number> },
  options: { height: number; prevalence: number },
): Figure {
  return {
    data: [
      {
        type: 'scatter',
        mode: 'lines',
        x: [0, 1],
        y: [options.prevalence, options.prevalence],
        line: { color: theme.reference, width: 1, dash: '3px,3px' },
        hoverinfo: 'skip',
      },
      {
        type: 'scatter',
        mode: 'lines',
        x: curve.recall,
        y: curve.precision,
        line: { color: theme.accent, width: 1.75 },
        hovertemplate: 'precision %{y:.2f}, recall %{x:.2f}<extra></extra>',
      },
    ],
    layout: frame(theme, options.height, { ...unitAxes(theme), annotations: [axisName(theme, 'recall')] }),
    table: {
      columns: ['threshold', 'precision', 'recall'],
      rows: Array.from(curve.thresholds, (threshold, at) => [
        Number.isFinite(threshold) ? threshold : null,
        curve.precision[at]!,
        curve.recall[at]!,
      ]),
    },
  };
}
