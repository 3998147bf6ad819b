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
