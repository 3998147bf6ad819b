import { type Figure, type FigureTheme, plainText, type Trace, withOpacity } from './figure.ts';
import { axis, baseline, frame, LEFT, RIGHT } from './frame.ts';

/** The first bin whose middle is at or above the threshold. */
export function firstCalled(bins: number, threshold: number): number {
  return Math.min(bins, Math.max(0, Math.ceil(threshold * bins - 0.5 - 1e-9)));
}

export type ScoreBins = { edges: ArrayLike<number>; negative: ArrayLike<number>; positive: ArrayLike<number> };

/**
 * Scores by true class: "yes" above the line, "no" below it; outlined bars are on the wrong side of the threshold. The
 * horizontal axis has no labels of its own: the threshold slider under it is the axis. Bins from `calledFrom` on are called
 * positive.
 */
export function scoreHistogramFigure(
  theme: FigureTheme,
  bins: ScoreBins,
  options: { height: number; calledFrom: number; positiveLabel: string; negativeLabel: string },
): Figure {
  const count = bins.positive.length;
  const width = 1 / count;
  const centre = (at: number) => (bins.edges[at]! + bins.edges[at + 1]!) / 2;
  const tallest = (values: ArrayLike<number>) => Math.max(1, ...Array.from(values));
  const up = tallest(bins.positive);
  const down = tallest(bins.negative);
  const step = niceStep((up + down) / 5);
  const ticks: number[] = [];
  for (let tick = -Math.floor(down / step) * step; tick <= up; tick += step) ticks.push(tick);

  const side = (values: ArrayLike<number>, sign: 1 | -1, colour: string, label: string): Trace => {
    const wrong = (at: number) => (sign === 1 ? at < options.calledFrom : at >= options.calledFrom);
    const every = Array.from({ length: count }, (_, at) => at);
    return {
      type: 'bar',
      x: every.map(centre),
      y: every.map((at) => sign * values[at]!),
      width: every.map(() => width * 0.9),
      customdata: every.map((at) => values[at]!),
      text: every.map((at) => `${bins.edges[at]!.toFixed(2)}–${bins.edges[at + 1]!.toFixed(2)}`),
      textposition: 'none',
      marker: {
        color: every.map((at) => (wrong(at) ? withOpacity(colour, 0.14) : colour)),
        line: { color: every.map(() => colour), width: every.map((at) => (wrong(at) && values[at]! > 0 ? 1.5 : 0)) },
      },
      hovertemplate: `%{text}: %{customdata} ${plainText(label)}<extra></extra>`,
    };
  };

  return {
    data: [
      side(bins.positive, 1, theme.class1, options.positiveLabel),
      side(bins.negative, -1, theme.class0, options.negativeLabel),
    ],
    layout: frame(theme, options.height, {
      margin: { l: LEFT, r: RIGHT, t: 4, b: 4, pad: 0 },
      barmode: 'relative',
      xaxis: baseline(theme, { range: [0, 1], showline: false, ticks: '', showticklabels: false }),
      yaxis: axis(theme, {
        // Room for the class labels above and below the tallest bars.
        range: [-down - (up + down) * 0.1, up + (up + down) * 0.1],
        tickvals: ticks,
        ticktext: ticks.map((tick) => String(Math.abs(tick))),
      }),
      shapes: [{ type: 'line', x0: 0, x1: 1, y0: 0, y1: 0, line: { color: theme.axis, width: 1 } }],
      annotations: [
        corner(theme, `${options.positiveLabel}, ${sum(bins.positive)}`, 'top', theme.class1),
        corner(theme, `${options.negativeLabel}, ${sum(bins.negative)}`, 'bottom', theme.text2),
      ],
    }),
    table: {
      columns: ['score from', 'to', options.positiveLabel, options.negativeLabel],
      rows: Array.from({ length: count }, (_, at) => [
        bins.edges[at]!,
        bins.edges[at + 1]!,
        bins.positive[at]!,
        bins.negative[at]!,
      ]),
    },
  };
}

function corner(theme: FigureTheme, text: string, where: 'top' | 'bottom', color: string) {
  return {
    x: 1,
    y: where === 'top' ? 1 : 0,
    xref: 'paper' as const,
    yref: 'paper' as const,
    xanchor: 'right' as const,
    yanchor: where,
    text: plainText(text),
    showarrow: false as const,
    font: { size: theme.size11, color, weight: 500 },
    bgcolor: withOpacity(theme.surface, 0.75),
  };
}

function sum(values: ArrayLike<number>): number {
  let total = 0;
  for (let at = 0; at < values.length; at += 1) total += values[at]!;
  return total;
}

/** 1, 2, 5, 10, 20, … at or above `rough`. */
function niceStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, rough)));
  return [1, 2, 5, 10].map((digit) => digit * power).find((step) => step >= rough) ?? power * 10;
}
