/** The part of a plotly figure that Wardbook draws with. Figures are pure functions from data and theme to one of these. */
export type Line = { color: string; width?: number; dash?: string; shape?: 'linear' | 'hv' | 'vh' };
export type Trace = {
  type: 'scatter' | 'bar';
  x: ArrayLike<number | string | null>;
  y: ArrayLike<number | string | null>;
  mode?: 'lines' | 'markers' | 'lines+markers' | 'text';
  line?: Line;
  marker?: {
    color?: string | string[];
    size?: number;
    opacity?: number | number[];
    line?: { color: string | string[]; width: number | number[] };
  };
  error_y?: {
    type: 'data';
    symmetric: false;
    array: number[];
    arrayminus: number[];
    color: string;
    thickness: number;
    width: number;
  };
  error_x?: {
    type: 'data';
    symmetric: false;
    array: number[];
    arrayminus: number[];
    color: string;
    thickness: number;
    width: number;
  };
  fill?: 'tonexty' | 'toself' | 'tozeroy';
  fillcolor?: string;
  hoverinfo?: 'skip' | 'all' | 'none';
  hovertemplate?: string;
  customdata?: ArrayLike<unknown>;
  text?: string[];
  textposition?: string;
  textfont?: { color: string; size: number };
  width?: number | number[];
  offset?: number;
  base?: number;
  connectgaps?: boolean;
  cliponaxis?: boolean;
};

export type Axis = {
  range?: [number, number];
  type?: 'linear' | 'log' | 'date' | 'category';
  autorange?: boolean | 'reversed';
  showgrid?: boolean;
  gridcolor?: string;
  zeroline?: boolean;
  showline?: boolean;
  linecolor?: string;
  ticks?: '' | 'outside';
  ticklen?: number;
  tickcolor?: string;
  tickfont?: { size: number; color: string };
  tickvals?: number[];
  ticktext?: string[];
  tickformat?: string;
  nticks?: number;
  dtick?: number | string;
  fixedrange?: boolean;
  scaleanchor?: string;
  constrain?: 'domain';
  rangemode?: 'normal' | 'tozero' | 'nonnegative';
  hoverformat?: string;
  exponentformat?: 'none';
  showticklabels?: boolean;
  automargin?: boolean;
};

export type Annotation = {
  x: number | string;
  y: number | string;
  xref?: 'x' | 'paper';
  yref?: 'y' | 'paper';
  text: string;
  showarrow: false;
  xanchor?: 'left' | 'right' | 'center';
  yanchor?: 'top' | 'bottom' | 'middle';
  xshift?: number;
  yshift?: number;
  align?: 'left' | 'right';
  font?: { size: number; color: string; weight?: number };
  bgcolor?: string;
};

export type Shape = {
  type: 'line' | 'rect';
  x0: number | string;
  x1: number | string;
  y0: number | string;
  y1: number | string;
  xref?: 'x' | 'paper';
  yref?: 'y' | 'paper';
  line?: { color: string; width: number; dash?: string };
  fillcolor?: string;
  layer?: 'below' | 'above';
};

export type Layout = {
  height: number;
  width?: number;
  margin: { l: number; r: number; t: number; b: number; pad: number };
  xaxis: Axis;
  yaxis: Axis;
  annotations?: Annotation[];
  shapes?: Shape[];
  font: { family: string; size: number; color: string };
  paper_bgcolor: string;
  plot_bgcolor: string;
  showlegend: false;
  barmode?: 'overlay' | 'relative';
  bargap?: number;
  hovermode: 'closest' | 'x' | 'x unified' | false;
  hoverlabel: {
    bgcolor: string;
    bordercolor: string;
    font: { family: string; size: number; color: string };
    align: 'left';
  };
  dragmode: 'zoom' | 'pan' | false;
};

/** `table` is what the chart shows, as rows: every chart has one behind the key `t`. */
export type Figure = { data: Trace[]; layout: Layout; table: FigureTable };
export type FigureTable = { columns: string[]; rows: (string | number | null)[][] };

/** Colours and type of the window's theme, read from the tokens by the one that mounts a figure. */
export type FigureTheme = {
  font: string;
  text: string;
  text2: string;
  text3: string;
  surface: string;
  raised: string;
  border: string;
  accent: string;
  axis: string;
  grid: string;
  reference: string;
  class0: string;
  class1: string;
  ok: string;
  bad: string;
  /** Opacity of an interval band, 0 to 1. */
  band: number;
  /** The eight series colours in their fixed order. */
  series: string[];
  size11: number;
  size12: number;
};

/** `#rrggbb` with an opacity, as plotly writes it. */
export function withOpacity(hex: string, opacity: number): string {
  const channel = (at: number) => Number.parseInt(hex.slice(at, at + 2), 16);
  return `rgba(${channel(1)},${channel(3)},${channel(5)},${opacity})`;
}

/** Text from data inside a figure: plotly reads a little markup and templates, of which nothing may come from a name. */
export function plainText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('%{', '% {');
}
