type Plotly = typeof import('plotly.js/dist/plotly-basic.min.js').default;

let loading: Promise<Plotly> | null = null;

/** plotly.js comes with the first chart or the form that leads to one, not with the window. */
export function loadPlotly(): Promise<Plotly> {
  loading ??= import('plotly.js/dist/plotly-basic.min.js').then((module) => module.default);
  return loading;
}

/** What has to be done only where plotly was asked for, such as cleaning up after it. */
export function whenPlotlyLoaded(work: (plotly: Plotly) => void): void {
  void loading?.then(work);
}
