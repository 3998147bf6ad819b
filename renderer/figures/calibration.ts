import { type Figure, type FigureTheme, plainText, type Trace } from './figure.ts';
import { axisName, cornerNotes, frame, unitAxes } from './frame.ts';

export type CalibrationLine = {
  label: string;
  colour: string;
  bins: readonly { meanScore: number; observed: number; low: number | null; high: number | null; rows: number }[];
};

/** Observed share over predicted risk in bins of equal size, with whiskers, beside the ideal diagonal. */
export function calibrationFigure(
  theme: FigureTheme,
  lines: readonly CalibrationLine[],
  options: { height: number; notes?: readonly string[] },
): Figure {
  const data: Trace[] = [
    {
      type: 'scatter',
      mode: 'lines',
      x: [0, 1],
      y: [0, 1],
      line: { color: theme.reference, width: 1, dash: '3px,3px' },
      hoverinfo: 'skip',
    },
  ];
  for (const { label, colour, bins } of lines) {
    data.push({
      type: 'scatter',
      mode: 'lines+markers',
      x: bins.map((bin) => bin.meanScore),
      y: bins.map((bin) => bin.observed),
      customdata: bins.map((bin) => bin.rows),
      line: { color: colour, width: 1 },
      marker: { color: colour, size: 8, line: { color: theme.surface, width: 1.5 } },
      error_y: {
        type: 'data',
        symmetric: false,
        array: bins.map((bin) => (bin.high ?? bin.observed) - bin.observed),
        arrayminus: bins.map((bin) => bin.observed - (bin.low ?? bin.observed)),
        color: colour,
        thickness: 1.5,
        width: 0,
      },
      hovertemplate: `${label ? `${plainText(label)}<br>` : ''}predicted %{x:.2f}, observed %{y:.2f}<br>%{customdata} rows<extra></extra>`,
      cliponaxis: false,
    });
  }
  return {
    data,
    layout: frame(theme, options.height, {
      ...unitAxes(theme),
      annotations: [axisName(theme, 'predicted risk'), ...cornerNotes(theme, options.notes ?? [])],
    }),
    table: {
      columns: ['curve', 'predicted', 'observed', 'low', 'high', 'rows'],
      rows: lines.flatMap(({ label, bins }) =>
        bins.map((bin) => [label, bin.meanScore, bin.observed, bin.low, bin.high, bin.rows]),
      ),
    },
  };
}
