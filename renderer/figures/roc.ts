import { type Annotation, type Figure, type FigureTheme, plainText, type Trace, withOpacity } from './figure.ts';
import { axisName, cornerNotes, frame, swatched, unitAxes } from './frame.ts';

export type RocLine = {
  label: string;
  colour: string;
  dash?: 'dash';
  falsePositiveRate: ArrayLike<number>;
  truePositiveRate: ArrayLike<number>;
  thresholds: ArrayLike<number>;
  /** 95 % band of the sensitivity at each false positive rate. */
  band?: { falsePositiveRate: ArrayLike<number>; low: ArrayLike<number>; high: ArrayLike<number> } | null;
};

export type RocOptions = {
  height: number;
  /** Notes on the only curve, already written, in the empty corner. */
  notes?: readonly string[];
  /** Of several curves: what the corner says of each behind its swatch, in the order to be read. */
  list?: readonly { colour: string; text: string }[];
};

/** Sensitivity over 1 − specificity, square, with the chance line; one run with its band, or several with a corner list. */
export function rocFigure(theme: FigureTheme, lines: readonly RocLine[], options: RocOptions): Figure {
  const data: Trace[] = [];
  for (const line of lines) {
    if (line.band && lines.length <= 2) data.push(...band(theme, line));
  }
  data.push({
    type: 'scatter',
    mode: 'lines',
    x: [0, 1],
    y: [0, 1],
    line: { color: theme.reference, width: 1, dash: '3px,3px' },
    hoverinfo: 'skip',
  });
  for (const line of lines) {
    data.push({
      type: 'scatter',
      mode: 'lines',
      x: line.falsePositiveRate,
      y: line.truePositiveRate,
      // Hover names the specificity itself, which the axis shows as its complement.
      customdata: Array.from(line.falsePositiveRate, (rate) => 1 - rate),
      line: { color: line.colour, width: 1.75, ...(line.dash ? { dash: '6px,3px' } : {}) },
      hovertemplate: `${line.label ? `${plainText(line.label)}<br>` : ''}sensitivity %{y:.2f}, specificity %{customdata:.2f}<extra></extra>`,
    });
  }
  return {
    data,
    layout: frame(theme, options.height, {
      ...unitAxes(theme),
      annotations: [
        axisName(theme, '1 − specificity'),
        ...cornerNotes(theme, options.notes ?? []),
        ...cornerList(theme, options.list ?? []),
      ],
    }),
    table: {
      columns: ['curve', 'threshold', '1 − specificity', 'sensitivity'],
      rows: lines.flatMap((line) =>
        Array.from(line.thresholds, (threshold, at) => [
          line.label,
          Number.isFinite(threshold) ? threshold : null,
          line.falsePositiveRate[at]!,
          line.truePositiveRate[at]!,
        ]),
      ),
    },
  };
}

function band(theme: FigureTheme, line: RocLine): Trace[] {
  const { falsePositiveRate: x, low, high } = line.band!;
  const edge = { color: line.colour, width: 0 };
  return [
    { type: 'scatter', mode: 'lines', x, y: low, line: edge, hoverinfo: 'skip' },
    {
      type: 'scatter',
      mode: 'lines',
      x,
      y: high,
      line: edge,
      fill: 'tonexty',
      fillcolor: withOpacity(line.colour, theme.band),
      hoverinfo: 'skip',
    },
  ];
}

/** The list in the empty corner, above the chance line's right end: a swatch and a few words per curve. */
function cornerList(theme: FigureTheme, list: NonNullable<RocOptions['list']>): Annotation[] {
  return list.flatMap(({ colour, text }, at) => {
    const y = 0.05 + (list.length - 1 - at) * 0.062;
    return swatched(theme, { x: 0.6, y }, colour, plainText(text));
  });
}
