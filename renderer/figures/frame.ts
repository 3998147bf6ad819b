import type { Annotation, Axis, FigureTheme, Layout } from './figure.ts';

export const LEFT = 34;
export const RIGHT = 12;

/** Tick labels and hairlines as the design language draws them; no frame, no zero line. */
export function axis(theme: FigureTheme, own: Axis = {}): Axis {
  return {
    showgrid: true,
    gridcolor: theme.grid,
    zeroline: false,
    showline: false,
    ticks: '',
    tickfont: { size: theme.size11, color: theme.text3 },
    fixedrange: true,
    automargin: false,
    ...own,
  };
}

/** The baseline: axis line and ticks, vertical grid only in square charts. */
export function baseline(theme: FigureTheme, own: Axis = {}): Axis {
  return axis(theme, {
    showgrid: false,
    showline: true,
    linecolor: theme.axis,
    ticks: 'outside',
    ticklen: 4,
    tickcolor: theme.axis,
    ...own,
  });
}

/** The name of the horizontal axis, at its right end under the ticks. */
export function axisName(theme: FigureTheme, text: string): Annotation {
  return {
    x: 1,
    y: 0,
    xref: 'paper',
    yref: 'paper',
    xanchor: 'right',
    yanchor: 'top',
    yshift: -18,
    text,
    showarrow: false,
    font: { size: theme.size11, color: theme.text2 },
  };
}

/**
 * A short label behind a swatch of its series colour: text itself is never set in one. Two annotations, since a coloured part
 * within one text would need the inline style that the window's policy refuses.
 */
export function swatched(
  theme: FigureTheme,
  at: Pick<Annotation, 'x' | 'y' | 'xref' | 'yref'>,
  colour: string,
  text: string,
  xshift = 0,
): Annotation[] {
  const common = { ...at, xanchor: 'left' as const, yanchor: 'middle' as const, showarrow: false as const };
  return [
    { ...common, text: '■', xshift, font: { size: theme.size11, color: colour } },
    { ...common, text, xshift: xshift + 13, font: { size: theme.size11, color: theme.text2 } },
  ];
}

/** Lines of text in the empty lower right corner of a square chart; the first in medium weight. */
export function cornerNotes(theme: FigureTheme, notes: readonly string[]): Annotation[] {
  return notes.map((text, at) => ({
    x: 0.985,
    y: 0.05 + (notes.length - 1 - at) * 0.062,
    xanchor: 'right',
    yanchor: 'middle',
    text,
    showarrow: false,
    font: { size: theme.size11, color: at === 0 ? theme.text : theme.text3, weight: at === 0 ? 500 : 400 },
  }));
}

/** Everything of a layout that no figure decides for itself. `height` in CSS pixels. */
export function frame(
  theme: FigureTheme,
  height: number,
  own: Partial<Layout> & Pick<Layout, 'xaxis' | 'yaxis'>,
): Layout {
  return {
    height,
    margin: { l: LEFT, r: RIGHT, t: 8, b: 36, pad: 0 },
    font: { family: theme.font, size: theme.size11, color: theme.text3 },
    paper_bgcolor: 'rgba(0,0,0,0)',
    plot_bgcolor: 'rgba(0,0,0,0)',
    showlegend: false,
    hovermode: 'closest',
    hoverlabel: {
      bgcolor: theme.raised,
      bordercolor: theme.border,
      font: { family: theme.font, size: theme.size12, color: theme.text },
      align: 'left',
    },
    dragmode: false,
    ...own,
  };
}

const quarters = [0, 0.25, 0.5, 0.75, 1];
const quarterNames = ['0', '0.25', '0.50', '0.75', '1'];

/** Both axes of a square chart of two probabilities. The half-pixel beyond 1 keeps a line along the edge whole. */
export function unitAxes(theme: FigureTheme): { xaxis: Axis; yaxis: Axis } {
  return {
    xaxis: baseline(theme, {
      range: [0, 1.004],
      tickvals: quarters,
      ticktext: quarterNames,
      showgrid: true,
      gridcolor: theme.grid,
    }),
    yaxis: axis(theme, { range: [0, 1.004], tickvals: quarters, ticktext: quarterNames }),
  };
}
