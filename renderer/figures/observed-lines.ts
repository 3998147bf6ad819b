import { type Figure, type FigureTheme, plainText, type Trace } from './figure.ts';
import { axisName, frame } from './frame.ts';
import { labelRoom, numberAxis, rangeOf } from './number-axis.ts';

export type ObservedLine = {
  label: string;
  colour: string;
  bins: readonly { predicted: number; mean: number; rows: number }[];
};

/** Observed over predicted numbers of several runs, as means of bins of equally many rows, beside the ideal diagonal. */
export function observedLinesFigure(
  theme: FigureTheme,
  lines: readonly ObservedLine[],
  options: { height: number },
): Figure {
  const range = rangeOf(lines.flatMap(({ bins }) => bins.flatMap((bin) => [bin.predicted, bin.mean])));
  const yaxis = numberAxis(theme, range, { most: 5 });
  const data: Trace[] = [
    {
      type: 'scatter',
      mode: 'lines',
      x: range,
      y: range,
      line: { color: theme.reference, width: 1, dash: '3px,3px' },
      hoverinfo: 'skip',
    },
    ...lines.map(
      ({ label, colour, bins }): Trace => ({
        type: 'scatter',
        mode: 'lines+markers',
        x: bins.map((bin) => bin.predicted),
        y: bins.map((bin) => bin.mean),
        customdata: bins.map((bin) => bin.rows),
        line: { color: colour, width: 1.25 },
        marker: { color: colour, size: 7, line: { color: theme.surface, width: 1.5 } },
        hovertemplate: `${plainText(label)}<br>predicted %{x:.4~g}, observed %{y:.4~g}<br>%{customdata} rows<extra></extra>`,
        cliponaxis: false,
      }),
    ),
  ];
  return {
    data,
    layout: frame(theme, options.height, {
      margin: { l: labelRoom(yaxis.ticktext!, theme.size11), r: 12, t: 8, b: 36, pad: 0 },
      xaxis: numberAxis(theme, range, { most: 6, base: true, grid: true }),
      yaxis,
      annotations: [axisName(theme, 'predicted')],
    }),
    table: {
      columns: ['run', 'predicted', 'observed', 'rows'],
      rows: lines.flatMap(({ label, bins }) => bins.map((bin) => [label, bin.predicted, bin.mean, bin.rows])),
    },
  };
}
