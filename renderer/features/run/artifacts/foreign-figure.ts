import type { Figure, FigureTable, FigureTheme, Layout, Trace } from '../../../figures/figure.ts';

type Foreign = { data: Record<string, unknown>[]; layout: Record<string, unknown> };

/** Whether a value is a figure as plotly writes it to JSON. */
export function isPlotlyFigure(value: unknown): value is Foreign {
  if (!isObject(value)) return false;
  const { data, layout } = value;
  return (
    Array.isArray(data) &&
    isObject(layout) &&
    data.length > 0 &&
    data.every((trace) => isObject(trace) && (trace['type'] === undefined || typeof trace['type'] === 'string')) &&
    data.some((trace) => ['x', 'y', 'z', 'values', 'type'].some((key) => key in trace))
  );
}

/** Kinds of trace that the window's build of plotly draws. */
const drawn = new Set([
  'scatter',
  'bar',
  'box',
  'heatmap',
  'histogram',
  'histogram2d',
  'histogram2dcontour',
  'contour',
  'pie',
  'violin',
]);
/** Drawn by WebGL elsewhere; here as their ordinary kinds. */
const instead: Record<string, string> = { scattergl: 'scatter', heatmapgl: 'heatmap' };

/** What could load, lead elsewhere or run: never handed to plotly. */
const neverKept = new Set([
  'images',
  'template',
  'updatemenus',
  'sliders',
  'source',
  'transforms',
  'mapbox',
  'geo',
  'map',
]);

/**
 * A figure that a script wrote, made safe and put on the window's ground: links are taken out of its texts, pictures and
 * controls dropped, its colours kept. `leftOut` says in sentences what is not drawn.
 */
export function foreignFigure(
  { data, layout }: Foreign,
  theme: FigureTheme,
): { figure: Figure; title: string | null; leftOut: string[] } {
  const traces = data.map((trace) => cleaned(trace) as Record<string, unknown>);
  for (const trace of traces) {
    const type = typeof trace['type'] === 'string' ? trace['type'] : 'scatter';
    trace['type'] = instead[type] ?? type;
  }
  const kept = traces.filter((trace) => drawn.has(trace['type'] as string));
  const dropped = [...new Set(traces.filter((trace) => !kept.includes(trace)).map((trace) => String(trace['type'])))];
  const own = cleaned(layout) as Record<string, unknown>;
  const title = textOf(own['title']);
  delete own['title'];
  const height = typeof own['height'] === 'number' ? Math.min(1_200, Math.max(200, own['height'])) : 420;
  const showlegend = typeof own['showlegend'] === 'boolean' ? own['showlegend'] : kept.length > 1;
  const { width: _width, autosize: _autosize, ...rest } = own;
  return {
    // What is in it was checked here; its shape is plotly's, of which Wardbook's own figures use a part.
    figure: {
      data: kept as unknown as Trace[],
      layout: {
        ...rest,
        height,
        showlegend,
        colorway: theme.series,
        font: { family: theme.font, size: theme.size12, color: theme.text2 },
        paper_bgcolor: theme.surface,
        plot_bgcolor: theme.surface,
        margin: { l: 60, r: 20, t: 12, b: 48, pad: 0 },
        xaxis: axis(rest['xaxis'], theme),
        yaxis: axis(rest['yaxis'], theme),
      } as unknown as Layout,
      table: tableOf(traces),
    },
    title,
    leftOut: dropped.length === 0 ? [] : [`Not drawn here: ${dropped.join(', ')}. Press t for their numbers.`],
  };
}

function axis(own: unknown, theme: FigureTheme): Record<string, unknown> {
  return {
    gridcolor: theme.grid,
    linecolor: theme.axis,
    zerolinecolor: theme.axis,
    automargin: true,
    ...(isObject(own) ? own : {}),
  };
}

/** A copy without what is never kept, with plain texts and with number arrays in place of their base64. */
function cleaned(value: unknown, depth = 0): unknown {
  if (depth > 12) return null;
  if (typeof value === 'string') return withoutLinks(value);
  if (Array.isArray(value)) return value.map((item) => cleaned(item, depth + 1));
  if (!isObject(value)) return value;
  const numbers = decodeNumbers(value);
  if (numbers !== null) return numbers;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !neverKept.has(key) && key !== '__proto__')
      .map(([key, item]) => [key, cleaned(item, depth + 1)]),
  );
}

/** plotly makes an anchor of `<a href=…>` in any text. */
const withoutLinks = (text: string): string => text.replace(/<\/?a\b[^>]*>?/gi, '');

const readers: Record<string, { new (buffer: ArrayBuffer): ArrayLike<number> }> = {
  i1: Int8Array,
  u1: Uint8Array,
  i2: Int16Array,
  u2: Uint16Array,
  i4: Int32Array,
  u4: Uint32Array,
  f4: Float32Array,
  f8: Float64Array,
};

/** `{dtype, bdata, shape}`, as plotly.py 6 writes arrays. */
function decodeNumbers(value: Record<string, unknown>): unknown[] | null {
  const { dtype, bdata, shape } = value;
  const reader = typeof dtype === 'string' ? readers[dtype.replace(/^[<|]/, '')] : undefined;
  if (reader === undefined || typeof bdata !== 'string') return null;
  try {
    const raw = Uint8Array.from(atob(bdata), (character) => character.charCodeAt(0));
    const flat = Array.from(new reader(raw.buffer));
    const columns = Number(typeof shape === 'string' ? shape.split(',')[1] : Number.NaN);
    if (!Number.isInteger(columns) || columns < 1) return flat;
    return Array.from({ length: Math.ceil(flat.length / columns) }, (_, row) =>
      flat.slice(row * columns, (row + 1) * columns),
    );
  } catch {
    return null;
  }
}

const shownRows = 5_000;

/** The numbers behind the chart: x and y of each trace, or the rows of z. */
function tableOf(traces: readonly Record<string, unknown>[]): FigureTable {
  const rows: (string | number | null)[][] = [];
  for (const [at, trace] of traces.entries()) {
    const name = textOf(trace['name']) ?? `${String(trace['type'])} ${at + 1}`;
    const z = listOf(trace['z']);
    const x = listOf(trace['x'] ?? trace['labels']);
    const y = listOf(trace['y'] ?? trace['values']);
    const length = Math.max(x.length, y.length, z.length);
    for (let row = 0; row < length && rows.length < shownRows; row++) {
      const depth = z[row];
      rows.push([name, cell(x[row]), cell(y[row]), cell(Array.isArray(depth) ? depth.map(cell).join(', ') : depth)]);
    }
  }
  return { columns: ['trace', 'x', 'y', 'z'], rows };
}

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

function cell(value: unknown): string | number | null {
  if (typeof value === 'number' || typeof value === 'string') return value;
  return value === null || value === undefined ? null : JSON.stringify(value);
}

function textOf(value: unknown): string | null {
  const text = isObject(value) ? value['text'] : value;
  return typeof text === 'string' && text !== ''
    ? withoutLinks(text)
        .replace(/<[^>]*>/g, '')
        .trim()
    : null;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
