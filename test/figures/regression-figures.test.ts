import { describe, expect, it } from 'vitest';
import { residualHistogram, residualsOf } from '../../renderer/features/run/residuals.ts';
import { dotRowsFigure } from '../../renderer/figures/dot-rows.ts';
import { meanBins } from '../../renderer/figures/mean-bins.ts';
import { observedLinesFigure } from '../../renderer/figures/observed-lines.ts';
import { drawnPoints } from '../../renderer/figures/points-sample.ts';
import { predictedObservedFigure } from '../../renderer/figures/predicted-observed.ts';
import { residualHistogramFigure, residualsFigure } from '../../renderer/figures/residuals.ts';
import type { PredictionColumns } from '../../shared/model/evaluation.ts';
import { lightTheme } from './light-theme.ts';
import { rounded } from './rounded.ts';

const observed = Float64Array.from([3, 5, 4, 8, 1200, 9, 2, 6, 7, 4]);
const predicted = Float64Array.from([3.5, 4, 4.5, 7, 1100, 8, 2.5, 6, 7.5, 4]);
const predictions: PredictionColumns = {
  part: 'test',
  rows: 10,
  classes: 0,
  row: Int32Array.from({ length: 10 }, (_, at) => at),
  truth: observed,
  scores: predicted,
  subject: null,
  fold: null,
};

describe('figures of a run that predicts numbers', () => {
  it('predicted against observed: one scale for both axes, the diagonal dashed, a point per row', () => {
    const figure = predictedObservedFigure(
      lightTheme,
      { predicted, observed },
      { height: 300, unit: 'los', notes: ['R² 0.99', 'RMSE 31'] },
    );
    expect(figure.layout.xaxis.range).toEqual(figure.layout.yaxis.range);
    expect(rounded(figure)).toMatchSnapshot();
  });
  it('residuals over predictions, zero dashed, the means of bins as a line', () => {
    const residuals = residualsOf(predictions);
    const figure = residualsFigure(
      lightTheme,
      { predicted, residuals, bins: meanBins(predicted, residuals) },
      { height: 300, unit: 'los' },
    );
    expect(rounded(figure)).toMatchSnapshot();
  });
  it('distribution of residuals: an edge at zero, every residual in a bin', () => {
    const bins = residualHistogram(residualsOf(predictions));
    expect(bins.edges).toContain(0);
    expect(bins.counts.reduce((sum, rows) => sum + rows)).toBe(10);
    expect(rounded(residualHistogramFigure(lightTheme, bins, { height: 300, unit: 'los' }))).toMatchSnapshot();
  });
  it('observed means of several runs over their predictions: a line each, the diagonal dashed', () => {
    const figure = observedLinesFigure(
      lightTheme,
      [
        { label: 'A', colour: '#3441a9', bins: meanBins(predicted, observed) },
        { label: 'B', colour: '#b84806', bins: meanBins(observed, observed) },
      ],
      { height: 246 },
    );
    expect(figure.data.map(({ line }) => line?.color)).toEqual(['#6b7680', '#3441a9', '#b84806']);
    expect(figure.table.rows.map(([run]) => run)).toEqual(['A', 'A', 'B', 'B']);
    expect(rounded(figure)).toMatchSnapshot();
  });
  it('residuals that are all the same still make a histogram', () => {
    expect(residualHistogram([0, 0, 0])).toEqual({ edges: [-0.5, 0, 0.5], counts: [0, 3] });
    expect(residualHistogram([2, 2]).counts.reduce((sum, rows) => sum + rows)).toBe(2);
    expect(residualHistogram([-1e-9, 3e-9]).counts.reduce((sum, rows) => sum + rows)).toBe(2);
  });
  it('bins of residuals hold every row once, and rows with one prediction stay together', () => {
    const same = Float64Array.from([1, 1, 1, 1, 1, 1, 1, 2, 3, 4, 5, 6]);
    const bins = meanBins(same, same);
    expect(bins.map(({ rows }) => rows)).toEqual([7, 5]);
    expect(bins[0]).toEqual({ predicted: 1, mean: 1, rows: 7 });
    expect(meanBins([], [])).toEqual([]);
  });
  it('past 3,000 points every so many are drawn, in order and never twice', () => {
    const drawn = drawnPoints(10_000);
    expect(drawn).toHaveLength(3_000);
    expect(new Set(drawn).size).toBe(3_000);
    expect([drawn[0], drawn.at(-1)! > 9_990]).toEqual([0, true]);
    expect(drawnPoints(4)).toEqual([0, 1, 2, 3]);
  });
});

describe('points with whiskers in rows', () => {
  const rows = [
    { label: 'female', value: 0.81, low: 0.72, high: 0.9, columns: ['0.81', '125'], hover: 'female: 0.81' },
    { label: 'male', value: null, low: null, high: null, instead: 'too few', columns: ['', '4'], hover: '' },
    { label: '<b>%{x}', value: 0.9, low: null, high: null, columns: ['0.90', '40'], hover: '<i>' },
  ];
  const figure = dotRowsFigure(lightTheme, rows, {
    name: 'AUC',
    reference: { value: 0.84, label: 'all 0.84' },
    heads: ['AUC', 'n'],
    within: [0, 1],
  });
  it('a row without value keeps its place and says why', () => {
    expect(figure.data[0]!.y).toEqual([0, 2]);
    expect(figure.layout.annotations!.filter(({ text }) => text === 'too few')).toMatchObject([{ y: 1 }]);
    expect(figure.table.rows[1]).toEqual(['male', null, null, null, '', '4']);
  });
  it('what comes from data is drawn as text', () => {
    expect(figure.layout.annotations!.some(({ text }) => text.includes('<b>'))).toBe(false);
    expect(figure.data[0]!.customdata).toEqual(['female: 0.81', '&lt;i&gt;']);
  });
  it('is drawn as reviewed', () => {
    expect(rounded(figure)).toMatchSnapshot();
  });
});
