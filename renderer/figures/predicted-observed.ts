import { type Figure, type FigureTheme, plainText, withOpacity } from './figure.ts';
import { axisName, cornerNotes, frame } from './frame.ts';
import { labelRoom, numberAxis, rangeOf } from './number-axis.ts';
import { drawnPoints } from './points-sample.ts';

type Predictions = { predicted: ArrayLike<number>; observed: ArrayLike<number> };

/** Observed over predicted numbers of one unit, square, one point per row, beside the ideal diagonal. */
export function predictedObservedFigure(
  theme: FigureTheme,
  { predicted, observed }: Predictions,
  options: { height: number; unit: string; notes?: readonly string[] },
): Figure {
  const drawn = drawnPoints(predicted.length);
  const range = rangeOf([...Array.from(predicted), ...Array.from(observed)]);
  const yaxis = numberAxis(theme, range, { most: 5 });
  return {
    data: [
      {
        type: 'scatter',
        mode: 'lines',
        x: range,
        y: range,
        line: { color: theme.reference, width: 1, dash: '3px,3px' },
        hoverinfo: 'skip',
      },
      {
        type: 'scatter',
        mode: 'markers',
        x: drawn.map((at) => predicted[at]!),
        y: drawn.map((at) => observed[at]!),
        marker: { color: withOpacity(theme.accent, pointOpacity(drawn.length)), size: 5 },
        hovertemplate: 'predicted %{x:.4~g}, observed %{y:.4~g}<extra></extra>',
        cliponaxis: false,
      },
    ],
    layout: frame(theme, options.height, {
      margin: { l: labelRoom(yaxis.ticktext!, theme.size11), r: 12, t: 8, b: 36, pad: 0 },
      xaxis: numberAxis(theme, range, { most: 5, base: true, grid: true }),
      yaxis,
      annotations: [
        axisName(theme, `predicted ${plainText(options.unit)}`),
        ...cornerNotes(theme, options.notes ?? []).map((note) => ({
          ...note,
          xref: 'paper' as const,
          yref: 'paper' as const,
        })),
      ],
    }),
    table: {
      columns: ['predicted', 'observed'],
      rows: drawn.map((at) => [predicted[at]!, observed[at]!]),
    },
  };
}

/** Many points lie over one another: the more there are, the lighter each. */
export function pointOpacity(points: number): number {
  return points <= 150 ? 0.7 : points <= 800 ? 0.45 : 0.25;
}
