import { type Figure, type FigureTheme, plainText, withOpacity } from './figure.ts';
import { axisName, frame } from './frame.ts';
import { labelRoom, numberAxis, rangeOf } from './number-axis.ts';
import { drawnPoints } from './points-sample.ts';
import { pointOpacity } from './predicted-observed.ts';

/** Means of residuals in bins of equally many rows, from small to large predictions. */
export type ResidualBins = { predicted: number; mean: number; rows: number }[];

/** Observed less predicted over predicted, one point per row, zero dashed, the means of bins as a line. */
export function residualsFigure(
  theme: FigureTheme,
  data: { predicted: ArrayLike<number>; residuals: ArrayLike<number>; bins: ResidualBins },
  options: { height: number; unit: string },
): Figure {
  const { predicted, residuals, bins } = data;
  const drawn = drawnPoints(predicted.length);
  const across = rangeOf(Array.from(predicted));
  const up = rangeOf([0, ...Array.from(residuals)]);
  const yaxis = numberAxis(theme, up, { most: 5 });
  return {
    data: [
      {
        type: 'scatter',
        mode: 'lines',
        x: across,
        y: [0, 0],
        line: { color: theme.reference, width: 1, dash: '3px,3px' },
        hoverinfo: 'skip',
      },
      {
        type: 'scatter',
        mode: 'markers',
        x: drawn.map((at) => predicted[at]!),
        y: drawn.map((at) => residuals[at]!),
        marker: { color: withOpacity(theme.class0, pointOpacity(drawn.length) + 0.1), size: 5 },
        hovertemplate: 'predicted %{x:.4~g}, residual %{y:.4~g}<extra></extra>',
        cliponaxis: false,
      },
      {
        type: 'scatter',
        mode: 'lines+markers',
        x: bins.map((bin) => bin.predicted),
        y: bins.map((bin) => bin.mean),
        customdata: bins.map((bin) => bin.rows),
        line: { color: theme.accent, width: 1.75 },
        marker: { color: theme.accent, size: 7, line: { color: theme.surface, width: 1.5 } },
        hovertemplate: 'predicted %{x:.4~g}: mean residual %{y:.4~g}<br>%{customdata} rows<extra></extra>',
        cliponaxis: false,
      },
    ],
    layout: frame(theme, options.height, {
      margin: { l: labelRoom(yaxis.ticktext!, theme.size11), r: 12, t: 8, b: 36, pad: 0 },
      xaxis: numberAxis(theme, across, { most: 5, base: true, grid: true }),
      yaxis,
      annotations: [axisName(theme, `predicted ${plainText(options.unit)}`)],
    }),
    table: {
      columns: ['predicted, mean of the bin', 'mean residual', 'rows'],
      rows: bins.map((bin) => [bin.predicted, bin.mean, bin.rows]),
    },
  };
}

/** How often each residual comes, in equally wide bins that have zero as one of their edges. */
export function residualHistogramFigure(
  theme: FigureTheme,
  bins: { edges: readonly number[]; counts: readonly number[] },
  options: { height: number; unit: string },
): Figure {
  const { edges, counts } = bins;
  const range: [number, number] = [edges[0] ?? 0, edges.at(-1) ?? 1];
  const yaxis = numberAxis(theme, [0, Math.max(1, ...counts) * 1.06], { most: 5 });
  const width = counts.length > 0 ? (range[1] - range[0]) / counts.length : 1;
  return {
    data: [
      {
        type: 'bar',
        x: counts.map((_, at) => (edges[at]! + edges[at + 1]!) / 2),
        y: counts,
        width: counts.map(() => width * 0.92),
        text: counts.map((_, at) => `${edgeName(edges[at]!)} to ${edgeName(edges[at + 1]!)}`),
        textposition: 'none',
        marker: { color: theme.accent },
        hovertemplate: '%{text}: %{y} rows<extra></extra>',
      },
    ],
    layout: frame(theme, options.height, {
      margin: { l: labelRoom(yaxis.ticktext!, theme.size11), r: 12, t: 8, b: 36, pad: 0 },
      xaxis: numberAxis(theme, range, { most: 6, base: true }),
      yaxis,
      shapes: [
        {
          type: 'line',
          x0: 0,
          x1: 0,
          y0: 0,
          y1: 1,
          yref: 'paper',
          line: { color: theme.reference, width: 1, dash: '3px,3px' },
        },
      ],
      annotations: [axisName(theme, `observed − predicted ${plainText(options.unit)}`)],
    }),
    table: {
      columns: ['residual from', 'to', 'rows'],
      rows: counts.map((rows, at) => [edges[at]!, edges[at + 1]!, rows]),
    },
  };
}

const edgeName = (edge: number) => String(Number(edge.toPrecision(4))).replace('-', '−');
