import type { Figure, FigureTheme } from './figure.ts';
import { withOpacity } from './figure.ts';
import { axis, baseline, frame } from './frame.ts';

/** One counter of the machine over time. Times in ms, ascending; a null is a reading that failed and leaves a gap. */
export type ResourceHistory = {
  at: readonly number[];
  values: readonly (number | null)[];
  unit: string;
  max: number | null;
};

const CLOCK = '%H:%M:%S';
/** Below this span minutes alone would repeat along the axis. */
const SHORT_MS = 10 * 60_000;

/** A counter as a filled line from zero to its largest possible value (or its largest seen). */
export function resourceFigure(history: ResourceHistory, theme: FigureTheme, height = 96): Figure {
  const seen = history.values.reduce<number>((largest, value) => Math.max(largest, value ?? 0), 0);
  const top = history.max ?? (seen > 0 ? seen * 1.1 : 1);
  const short = (history.at.at(-1) ?? 0) - (history.at[0] ?? 0) < SHORT_MS;
  const times = history.at.map((time) => new Date(time).toISOString());
  return {
    data: [
      {
        type: 'scatter',
        mode: 'lines',
        x: times,
        y: history.values as (number | null)[],
        line: { color: theme.accent, width: 1.5 },
        fill: 'tozeroy',
        fillcolor: withOpacity(theme.accent, theme.band),
        hovertemplate: `%{y:.3~s} ${history.unit} at %{x|${CLOCK}}<extra></extra>`,
        connectgaps: false,
      },
    ],
    layout: frame(theme, height, {
      margin: { l: 40, r: 12, t: 6, b: 20, pad: 0 },
      xaxis: baseline(theme, { type: 'date', tickformat: short ? CLOCK : '%H:%M', nticks: 5 }),
      yaxis: axis(theme, { range: [0, top], nticks: 3, exponentformat: 'none' }),
      hovermode: 'x',
    }),
    table: {
      columns: ['time', history.unit],
      rows: history.at.map((time, index) => [new Date(time).toLocaleTimeString(), history.values[index] ?? null]),
    },
  };
}
