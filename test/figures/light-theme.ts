import type { FigureTheme } from '../../renderer/figures/figure.ts';

/** The theme that figure tests draw with: the light tokens. */
export const lightTheme: FigureTheme = {
  font: '"Inter Variable", sans-serif',
  text: '#12181d',
  text2: '#434e58',
  text3: '#5c6771',
  surface: '#ffffff',
  raised: '#ffffff',
  border: '#c8cfd5',
  accent: '#0b6477',
  axis: '#808b95',
  grid: '#e9edef',
  reference: '#6b7680',
  class0: '#8a949d',
  class1: '#0b6477',
  ok: '#1a7042',
  bad: '#ad261d',
  band: 0.16,
  series: ['#3441a9', '#b84806', '#079e7e', '#850046', '#09719e', '#b3840c', '#603475', '#8c4d5b'],
  size11: 11,
  size12: 12,
};
