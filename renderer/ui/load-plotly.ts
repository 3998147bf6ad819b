type Plotly = typeof import('plotly.js/dist/plotly-basic.min.js').default;

/** `cartesian` draws more kinds of trace, for figures that are not Wardbook's own. */
export type PlotlyBundle = 'basic' | 'cartesian';

const loaders: Record<PlotlyBundle, () => Promise<{ default: Plotly }>> = {
  basic: () => import('plotly.js/dist/plotly-basic.min.js'),
  cartesian: () => import('plotly.js/dist/plotly-cartesian.min.js'),
};
const loading = new Map<PlotlyBundle, Promise<Plotly>>();

/** plotly.js comes with the first chart or the form that leads to one, not with the window. */
export function loadPlotly(bundle: PlotlyBundle = 'basic'): Promise<Plotly> {
  const found = loading.get(bundle) ?? loaders[bundle]().then((module) => module.default);
  loading.set(bundle, found);
  return found;
}

/** What has to be done only where plotly was asked for, such as cleaning up after it. */
export function whenPlotlyLoaded(work: (plotly: Plotly) => void, bundle: PlotlyBundle = 'basic'): void {
  void loading.get(bundle)?.then(work);
}
