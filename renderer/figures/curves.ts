import type { SeriesColumns } from '../../shared/model/series.ts';
import { envelope } from './envelope.ts';
import { type Annotation, type Figure, type FigureTheme, plainText, type Trace, withOpacity } from './figure.ts';
import { axis, axisName, baseline, frame, swatched } from './frame.ts';
import { smooth } from './smooth.ts';
import { spread } from './spread.ts';

export type Curve = {
  series: SeriesColumns;
  /** At the end of the line; short. Empty: none, for a line that another one of the same colour explains. */
  label: string;
  colour: string;
  /** Training is dotted, validation solid; slots past eight are dashed. */
  dash?: 'dot' | 'dash';
  /** One fold of several: thin, behind, without a label. */
  faint?: boolean;
};

export type CurveOptions = {
  height: number;
  /** From 0 (none) to 0.99. */
  smoothing: number;
  logX: boolean;
  logY: boolean;
  /** `time`: seconds since the first point of each series. */
  across: 'step' | 'time';
  /** The name of the horizontal axis for steps: `step` or `epoch`. */
  stepName: string;
  /** A dot on the best point of each solid line: where it is smallest or largest. */
  best?: 'smallest' | 'largest' | null;
};

const LABEL_GAP = 14;
const LABEL_LEAST = 56;
const LABEL_MOST = 190;
const NAME_MOST = 16;

/** One metric family over steps or time: lines with direct labels at their ends, envelopes of reduced series as bands. */
export function curvesFigure(theme: FigureTheme, curves: readonly Curve[], options: CurveOptions): Figure {
  const data: Trace[] = [];
  const ends: End[] = [];
  const rows: (string | number | null)[][] = [];
  let smallest = Number.POSITIVE_INFINITY;
  let largest = Number.NEGATIVE_INFINITY;
  let lastX = 0;

  for (const { series, label, colour: own, dash, faint = false } of curves) {
    const colour = faint ? withOpacity(own, 0.4) : own;
    const band = envelope(series);
    const across = (steps: Float64Array, times: Float64Array) =>
      options.across === 'step' ? steps : times.map((time) => (time - (series.times[0] ?? 0)) / 1000);
    const x = band ? across(band.steps, band.times) : across(series.steps, series.times);
    const raw = band ? band.middle : series.values;
    const values = options.smoothing > 0 ? smooth(raw, options.smoothing) : raw;
    const skip = { hoverinfo: 'skip' as const };
    if (band && options.smoothing === 0 && !faint) {
      const edge = { width: 0, color: own };
      data.push({ type: 'scatter', mode: 'lines', x, y: band.low, line: edge, ...skip });
      data.push({
        type: 'scatter',
        mode: 'lines',
        x,
        y: band.high,
        line: edge,
        fill: 'tonexty',
        fillcolor: withOpacity(own, theme.band),
        ...skip,
      });
    }
    if (options.smoothing > 0 && !faint) {
      data.push({
        type: 'scatter',
        mode: 'lines',
        x,
        y: raw,
        line: { color: withOpacity(own, 0.4), width: 1 },
        ...skip,
      });
    }
    data.push({
      type: 'scatter',
      mode: x.length === 1 ? 'markers' : 'lines',
      x,
      y: values,
      line: {
        color: colour,
        width: faint ? 1 : 1.75,
        ...(dash ? { dash: dash === 'dot' ? '1.5px,2.5px' : '6px,3px' } : {}),
      },
      marker: { color: colour, size: 5 },
      hovertemplate: `${plainText(label)} %{y:.4~g}<extra></extra>`,
      connectgaps: false,
    });
    for (const value of band ? [...band.low, ...band.high] : values) {
      if (!Number.isFinite(value) || (options.logY && value <= 0)) continue;
      smallest = Math.min(smallest, value);
      largest = Math.max(largest, value);
    }
    const lastAt = values.findLastIndex((value) => Number.isFinite(value));
    if (lastAt >= 0) lastX = Math.max(lastX, x[lastAt]!);
    if (lastAt >= 0 && !faint) {
      if (label !== '')
        ends.push({ y: values[lastAt]!, colour, text: `${plainText(endName(label))} ${short(values[lastAt]!)}` });
    }
    const bestAt = options.best && !dash && !faint ? extreme(values, options.best) : -1;
    if (bestAt >= 0) {
      data.push({
        type: 'scatter',
        mode: 'markers',
        x: [x[bestAt]!],
        y: [values[bestAt]!],
        marker: { color: colour, size: 8, line: { color: theme.surface, width: 1.5 } },
        hovertemplate: `best ${plainText(label)} %{y:.4~g} at %{x}<extra></extra>`,
        cliponaxis: false,
      });
    }
    series.steps.forEach((step, at) => {
      rows.push([label, step, series.values[at]!]);
    });
  }

  const pad = (largest - smallest) * 0.05 || Math.abs(largest) * 0.05 || 1;
  const range: [number, number] = options.logY
    ? [Math.log10(smallest) - 0.05, Math.log10(largest) + 0.05]
    : [smallest - pad, largest + pad];
  const empty = !Number.isFinite(smallest);
  const inner = options.height - 8 - 36;
  return {
    data,
    layout: frame(theme, options.height, {
      margin: { l: 44, r: labelRoom(ends), t: 8, b: 36, pad: 0 },
      xaxis: baseline(theme, {
        type: options.logX ? 'log' : 'linear',
        nticks: 7,
        fixedrange: false,
        ...(options.logX ? {} : { range: [0, Math.max(lastX, 1) * 1.005] as [number, number] }),
      }),
      yaxis: axis(theme, {
        type: options.logY ? 'log' : 'linear',
        nticks: 6,
        // Powers of ten are drawn as markup with a style of its own, which the window's policy refuses.
        tickformat: '~g',
        ...(empty ? {} : { range }),
      }),
      annotations: [
        axisName(theme, options.across === 'step' ? options.stepName : 'seconds since its start'),
        ...endLabels(theme, ends, options.logY, range, inner),
      ],
      hovermode: curves.length > 8 ? 'closest' : 'x unified',
      dragmode: 'zoom',
    }),
    table: { columns: ['series', options.stepName, 'value'], rows },
  };
}

function extreme(values: Float64Array, which: 'smallest' | 'largest'): number {
  let best = -1;
  values.forEach((value, at) => {
    if (!Number.isFinite(value)) return;
    if (best < 0 || (which === 'smallest' ? value < values[best]! : value > values[best]!)) best = at;
  });
  return best;
}

function short(value: number): string {
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (size >= 1e5 || size < 1e-3) return value.toExponential(1).replace('-', '−');
  return value.toFixed(size >= 100 ? 0 : size >= 10 ? 1 : size >= 0.1 ? 2 : 3).replace('-', '−');
}

/** Pixels right of the lines: as wide as the longest label, at about 6.6 pixels a character. */
function labelRoom(ends: readonly End[]): number {
  if (ends.length > 12) return 12;
  const longest = Math.max(0, ...ends.map(({ text }) => text.length));
  return Math.min(LABEL_MOST, Math.max(LABEL_LEAST, Math.round(34 + longest * 6.6)));
}

/** A name that leaves room for its value; the chart's title and the hover have it whole. */
const endName = (label: string): string => (label.length > NAME_MOST ? `${label.slice(0, NAME_MOST - 1)}…` : label);

type End = { y: number; colour: string; text: string };

/** Labels where their lines end, each behind its swatch, moved apart when closer than 14 px; none past twelve lines. */
function endLabels(
  theme: FigureTheme,
  ends: readonly End[],
  log: boolean,
  [low, high]: [number, number],
  inner: number,
): Annotation[] {
  if (ends.length === 0 || ends.length > 12) return [];
  const wanted = ends.map(({ y }) => inner * (1 - ((log ? Math.log10(y) : y) - low) / (high - low)));
  const placed = spread(wanted, LABEL_GAP, 4, inner - 4);
  return ends.flatMap(({ text, colour }, at) =>
    swatched(theme, { x: 1, y: 1 - placed[at]! / inner, xref: 'paper', yref: 'paper' }, colour, text, 8),
  );
}
