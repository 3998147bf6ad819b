import { type Figure, type FigureTheme, withOpacity } from './figure.ts';
import { axis, baseline, frame } from './frame.ts';

/**
 * One hardware counter over time as a low strip: a line over its own tint. `times` in ms since 1970; null values are gaps.
 * `top` fixes the scale (100 for a percentage), otherwise the largest value does.
 */
export function stripFigure(
  theme: FigureTheme,
  data: { times: ArrayLike<number>; values: ArrayLike<number | null> },
  options: { height: number; top: number | null; unit: string; name: string; labelled: boolean },
): Figure {
  const start = data.times[0] ?? 0;
  const minutes = Array.from(data.times, (time) => (time - start) / 60_000);
  const long = (minutes.at(-1) ?? 0) >= 3;
  const x = long ? minutes : minutes.map((minute) => minute * 60);
  let largest = 0;
  for (let at = 0; at < data.values.length; at += 1) largest = Math.max(largest, data.values[at] ?? 0);
  return {
    data: [
      {
        type: 'scatter',
        mode: 'lines',
        x,
        y: data.values,
        line: { color: theme.accent, width: 1.25 },
        fill: 'tozeroy',
        fillcolor: withOpacity(theme.accent, theme.band),
        hovertemplate: `%{y:.4~g} ${options.unit}<extra></extra>`,
        connectgaps: false,
      },
    ],
    layout: frame(theme, options.height, {
      margin: { l: 52, r: 12, t: 6, b: options.labelled ? 34 : 8, pad: 0 },
      xaxis: baseline(theme, { nticks: 8, showticklabels: options.labelled, ticks: options.labelled ? 'outside' : '' }),
      yaxis: axis(theme, { range: [0, (options.top ?? (largest || 1)) * 1.05], nticks: 4 }),
      hovermode: 'x',
      annotations: options.labelled
        ? [
            {
              x: 1,
              y: 0,
              xref: 'paper',
              yref: 'paper',
              xanchor: 'right',
              yanchor: 'top',
              yshift: -18,
              text: long ? 'minutes since its start' : 'seconds since its start',
              showarrow: false,
              font: { size: theme.size11, color: theme.text2 },
            },
          ]
        : [],
    }),
    table: {
      columns: [long ? 'minute' : 'second', `${options.name} (${options.unit})`],
      rows: x.map((at, index) => [at, data.values[index] ?? null]),
    },
  };
}
