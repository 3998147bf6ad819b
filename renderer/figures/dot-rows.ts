import { type Annotation, type Figure, type FigureTheme, plainText, type Trace } from './figure.ts';
import { axisName, baseline, frame } from './frame.ts';
import { labelRoom, rangeOf, tickName } from './number-axis.ts';
import { roundTicks, tickDecimals } from './round-ticks.ts';

/** One line of the chart: its point with the interval or spread around it. Without a value a word stands where the point would be. */
export type DotRow = {
  label: string;
  value: number | null;
  low: number | null;
  high: number | null;
  /** `too few`, or why there is no value. */
  instead?: string;
  /** Right of the chart, in columns. */
  columns: readonly string[];
  /** Hover text. */
  hover: string;
};

export type DotRowOptions = {
  /** What the horizontal axis is. */
  name: string;
  /** Where the dashed line stands, or none. */
  reference: { value: number; label: string } | null;
  /** Heads of the columns on the right. */
  heads: readonly string[];
  /** The axis begins and ends no further than here. */
  within?: readonly [number, number];
};

export const ROW = 30;
const TOP = 22;
const BOTTOM = 38;
const MOST_LETTERS = 28;

/** Points with whiskers on one horizontal scale, one row each, names on the left and numbers on the right. */
export function dotRowsFigure(theme: FigureTheme, rows: readonly DotRow[], options: DotRowOptions): Figure {
  const { reference, heads, within } = options;
  const range = scaleOf(rows, reference?.value ?? null, within);
  const ticks = roundTicks(range, 6);
  const decimals = tickDecimals(ticks);
  const labels = rows.map(({ label }) => shortened(label));
  const widths = heads.map((head, column) => columnWidth([head, ...rows.map((row) => row.columns[column] ?? '')]));
  const left = Math.min(230, labelRoom(labels, theme.size12) + 6);
  const right = widths.reduce((sum, width) => sum + width, 8);
  const shown = rows.flatMap((row, at) => (row.value === null ? [] : [{ row, at }]));
  const height = rows.length * ROW + TOP + BOTTOM;
  const points: Trace = {
    type: 'scatter',
    mode: 'markers',
    x: shown.map(({ row }) => row.value!),
    y: shown.map(({ at }) => at),
    customdata: shown.map(({ row }) => plainText(row.hover)),
    marker: { color: theme.accent, size: 9, line: { color: theme.surface, width: 1.5 } },
    error_x: {
      type: 'data',
      symmetric: false,
      array: shown.map(({ row }) => (row.high ?? row.value!) - row.value!),
      arrayminus: shown.map(({ row }) => row.value! - (row.low ?? row.value!)),
      color: theme.accent,
      thickness: 1.5,
      width: 3.5,
    },
    hovertemplate: '%{customdata}<extra></extra>',
    cliponaxis: true,
  };
  return {
    data: [points],
    layout: frame(theme, height, {
      margin: { l: left, r: right, t: TOP, b: BOTTOM, pad: 0 },
      xaxis: baseline(theme, {
        range,
        tickvals: ticks,
        ticktext: ticks.map((tick) => tickName(tick, decimals)),
        showgrid: true,
        gridcolor: theme.grid,
      }),
      yaxis: {
        range: [rows.length - 0.5, -0.5],
        showgrid: false,
        zeroline: false,
        showline: false,
        ticks: '',
        showticklabels: false,
        fixedrange: true,
      },
      shapes: [
        ...rows.map((_, at) => ({
          type: 'line' as const,
          xref: 'paper' as const,
          x0: 0,
          x1: 1,
          y0: at + 0.5,
          y1: at + 0.5,
          layer: 'below' as const,
          line: { color: theme.grid, width: at === rows.length - 1 ? 0 : 1 },
        })),
        ...(reference === null ? [] : [referenceLine(theme, reference.value)]),
      ],
      annotations: [
        axisName(theme, plainText(options.name)),
        ...(reference === null ? [] : [referenceName(theme, reference)]),
        ...rows.flatMap((row, at) => wordsOf(theme, row, labels[at]!, at, widths, left)),
        ...heads.map((head, column) => columnText(theme, head, widths, column, null, theme.text3)),
      ],
    }),
    table: {
      columns: ['row', 'value', 'from', 'to', ...heads],
      rows: rows.map((row) => [row.label, row.value, row.low, row.high, ...row.columns]),
    },
  };
}

function scaleOf(
  rows: readonly DotRow[],
  reference: number | null,
  within: readonly [number, number] | undefined,
): [number, number] {
  const bounds = rows.flatMap(({ value, low, high }) => [value, low, high].filter((bound) => bound !== null));
  const [low, high] = rangeOf(reference === null ? bounds : [...bounds, reference], 0.08);
  return within ? [Math.max(within[0], low), Math.min(within[1], high)] : [low, high];
}

function shortened(label: string): string {
  return label.length > MOST_LETTERS ? `${label.slice(0, MOST_LETTERS - 1)}…` : label;
}

function columnWidth(texts: readonly string[]): number {
  return Math.ceil(Math.max(...texts.map((text) => text.length)) * 6.6) + 16;
}

function wordsOf(
  theme: FigureTheme,
  row: DotRow,
  label: string,
  at: number,
  widths: readonly number[],
  left: number,
): Annotation[] {
  const name: Annotation = {
    x: 0,
    y: at,
    xref: 'paper',
    xanchor: 'left',
    yanchor: 'middle',
    xshift: -left,
    text: plainText(label),
    showarrow: false,
    font: { size: theme.size12, color: theme.text },
  };
  const numbers = row.columns.map((text, column) =>
    columnText(theme, text, widths, column, at, column === 0 ? theme.text : theme.text3),
  );
  if (row.value !== null) return [name, ...numbers];
  const instead: Annotation = {
    x: 0.5,
    y: at,
    xref: 'paper',
    xanchor: 'center',
    yanchor: 'middle',
    text: plainText(row.instead ?? ''),
    showarrow: false,
    font: { size: theme.size12, color: theme.text3 },
    bgcolor: theme.surface,
  };
  return [name, instead, ...numbers];
}

/** A text in one of the columns right of the chart, its right edge on the column's; `row` null: the head. */
function columnText(
  theme: FigureTheme,
  text: string,
  widths: readonly number[],
  column: number,
  row: number | null,
  color: string,
): Annotation {
  const edge = widths.slice(0, column + 1).reduce((sum, width) => sum + width, 0);
  return {
    x: 1,
    y: row ?? 1,
    xref: 'paper',
    ...(row === null ? { yref: 'paper' as const, yanchor: 'bottom' as const } : { yanchor: 'middle' as const }),
    xanchor: 'right',
    xshift: edge,
    text: plainText(text),
    showarrow: false,
    font: { size: row === null ? theme.size11 : theme.size12, color },
  };
}

function referenceLine(theme: FigureTheme, value: number) {
  return {
    type: 'line' as const,
    x0: value,
    x1: value,
    yref: 'paper' as const,
    y0: 0,
    y1: 1,
    layer: 'below' as const,
    line: { color: theme.reference, width: 1, dash: '3px,3px' },
  };
}

function referenceName(theme: FigureTheme, { value, label }: { value: number; label: string }): Annotation {
  return {
    x: value,
    y: 1,
    yref: 'paper',
    xanchor: 'center',
    yanchor: 'bottom',
    text: plainText(label),
    showarrow: false,
    font: { size: theme.size11, color: theme.text3 },
  };
}
