declare module 'plotly.js/dist/plotly-basic.min.js' {
  import type { Layout, Trace } from '../figures/figure.ts';

  type Config = {
    displayModeBar: false;
    responsive: false;
    showTips: false;
    doubleClick: false | 'reset';
    scrollZoom: false;
  };
  const Plotly: {
    react(element: HTMLElement, data: Trace[], layout: Layout, config: Config): Promise<unknown>;
    purge(element: HTMLElement): void;
  };
  export default Plotly;
}

declare module 'plotly.js/dist/plotly-cartesian.min.js' {
  export { default } from 'plotly.js/dist/plotly-basic.min.js';
}
