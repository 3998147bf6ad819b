import { describe, expect, it } from 'vitest';
import { calibrationFigure } from '../../renderer/figures/calibration.ts';
import { curvesFigure } from '../../renderer/figures/curves.ts';
import { decisionCurveFigure } from '../../renderer/figures/decision-curve.ts';
import { envelope } from '../../renderer/figures/envelope.ts';
import { placeMarks } from '../../renderer/figures/marks.ts';
import { precisionRecallFigure } from '../../renderer/figures/precision-recall.ts';
import { rocFigure } from '../../renderer/figures/roc.ts';
import { firstCalled, scoreHistogramFigure } from '../../renderer/figures/score-histogram.ts';
import { smooth } from '../../renderer/figures/smooth.ts';
import { spread } from '../../renderer/figures/spread.ts';
import { stripFigure } from '../../renderer/figures/strip.ts';
import type { SeriesColumns } from '../../shared/model/series.ts';
import { calibrationBins } from '../../shared/statistics/calibration-bins.ts';
import { decisionCurve } from '../../shared/statistics/decision-curve.ts';
import { precisionRecall } from '../../shared/statistics/precision-recall.ts';
import { rocCurve } from '../../shared/statistics/roc.ts';
import { scoreHistogram } from '../../shared/statistics/score-histogram.ts';
import { lightTheme } from './light-theme.ts';
import { rounded } from './rounded.ts';

const truth = [0, 0, 1, 0, 1, 1, 0, 1, 1, 0];
const scores = Float64Array.from([0.1, 0.2, 0.35, 0.4, 0.45, 0.6, 0.62, 0.7, 0.9, 0.15]);

function series(values: number[], downsampled = false): SeriesColumns {
  return {
    key: 'validation/loss',
    count: downsampled ? 1_000_000 : values.length,
    steps: Float64Array.from(values, (_, at) => at + 1),
    values: Float64Array.from(values),
    times: Float64Array.from(values, (_, at) => 1_000 * at),
    downsampled,
    ranges: downsampled ? values.length / 2 : 0,
  };
}

const plain = { height: 260, smoothing: 0, logX: false, logY: false, across: 'step', stepName: 'epoch' } as const;

describe('every figure is a pure function of its data', () => {
  it('learning curves: direct labels, best point, nothing smoothed unless asked', () => {
    const figure = curvesFigure(
      lightTheme,
      [
        { series: series([0.9, 0.7, 0.6, 0.5]), label: 'train', colour: '#0b6477', dash: 'dot' },
        { series: series([0.95, 0.8, 0.72, 0.75]), label: 'validation', colour: '#0b6477' },
      ],
      { ...plain, best: 'smallest' },
    );
    expect(rounded(figure)).toMatchSnapshot();
  });
  it('learning curves, smoothed: the raw line stays behind at 1 px', () => {
    const figure = curvesFigure(lightTheme, [{ series: series([1, 0, 1, 0]), label: 'loss', colour: '#3441a9' }], {
      ...plain,
      smoothing: 0.6,
    });
    expect(figure.data.map((trace) => trace.line?.width)).toEqual([1, 1.75]);
    expect([...(figure.data[0]!.y as Float64Array)]).toEqual([1, 0, 1, 0]);
  });
  it('learning curves, reduced: smallest and largest of each range are a band', () => {
    const figure = curvesFigure(
      lightTheme,
      [{ series: series([1, 3, 2, 6], true), label: 'loss', colour: '#3441a9' }],
      plain,
    );
    expect(rounded(figure.data.map((trace) => trace.y))).toEqual([
      [1, 2],
      [3, 6],
      [2, 4],
    ]);
    expect(figure.data[1]!.fill).toBe('tonexty');
  });
  it('learning curves of no points draw an empty frame', () => {
    expect(curvesFigure(lightTheme, [], plain).data).toEqual([]);
  });
  it('ROC of one run with its threshold', () => {
    const curve = rocCurve(truth, scores)!;
    const figure = rocFigure(lightTheme, [{ label: '', colour: '#0b6477', ...curve }], {
      height: 300,
      notes: ['AUC 0.84 [0.58–1.00]'],
    });
    expect(rounded(figure)).toMatchSnapshot();
  });
  it('ROC of several runs has a swatch in text and no band past two', () => {
    const curve = rocCurve(truth, scores)!;
    const band = { falsePositiveRate: [0, 1], low: [0, 0.8], high: [0.4, 1] };
    const line = (label: string, colour: string) => ({ label, colour, band, ...curve });
    const three = rocFigure(lightTheme, [line('A', '#3441a9'), line('B', '#b84806'), line('C', '#079e7e')], {
      height: 300,
    });
    expect(three.data.some((trace) => trace.fill)).toBe(false);
    const two = rocFigure(lightTheme, [line('A', '#3441a9'), line('B', '#b84806')], { height: 300 });
    expect(two.data.filter((trace) => trace.fill)).toHaveLength(2);
  });
  it('ROC of several runs: what the corner says stands behind the colour of its own curve, in any order', () => {
    const curve = rocCurve(truth, scores)!;
    const line = (label: string, colour: string) => ({ label, colour, ...curve });
    const list = [
      { colour: '#b84806', text: 'B 0.91' },
      { colour: '#3441a9', text: 'A 0.84' },
    ];
    const { layout } = rocFigure(lightTheme, [line('A', '#3441a9'), line('B', '#b84806')], { height: 300, list });
    const [, ...corner] = layout.annotations as { text: string; font?: { color?: string } }[];
    expect(corner.map(({ text, font }) => (text === '■' ? font?.color : text))).toEqual([
      '#b84806',
      'B 0.91',
      '#3441a9',
      'A 0.84',
    ]);
  });
  it('calibration', () => {
    const bins = calibrationBins(truth, scores, null, { bins: 3, seed: 1 });
    expect(
      rounded(calibrationFigure(lightTheme, [{ label: '', colour: '#0b6477', bins }], { height: 300 })),
    ).toMatchSnapshot();
  });
  it('scores by true class: bars on the wrong side of the threshold are outlined', () => {
    const figure = scoreHistogramFigure(lightTheme, scoreHistogram(truth, scores, 10), {
      height: 232,
      calledFrom: firstCalled(10, 0.42),
      positiveLabel: 'died',
      negativeLabel: 'survived',
    });
    expect(rounded(figure)).toMatchSnapshot();
  });
  it('precision and recall', () => {
    const figure = precisionRecallFigure(lightTheme, precisionRecall(truth, scores)!, { height: 300, prevalence: 0.5 });
    expect(rounded(figure)).toMatchSnapshot();
  });
  it('decision curve leaves out what lies far below zero', () => {
    const figure = decisionCurveFigure(lightTheme, decisionCurve(truth, scores)!, { height: 300 });
    expect(figure.data[0]!.y[98]).toBeNull();
    expect(rounded(figure.layout)).toMatchSnapshot();
  });
  it('hardware strip keeps gaps as gaps', () => {
    const figure = stripFigure(
      lightTheme,
      { times: [0, 1_000, 2_000], values: [10, null, 30] },
      { height: 72, top: 100, unit: '%', name: 'CPU', labelled: true },
    );
    expect(rounded(figure)).toMatchSnapshot();
  });
  it('a name can bring neither markup nor a template into a figure', () => {
    const figure = rocFigure(
      lightTheme,
      [{ label: '<a href="x">%{y}', colour: '#0b6477', ...rocCurve(truth, scores)! }],
      { height: 300 },
    );
    expect(JSON.stringify(figure.data)).not.toContain('<a');
    expect(JSON.stringify(figure.data)).not.toContain('%{y}');
  });
});

describe('parts of figures', () => {
  it('marks lie where the data of the chart under them lie', () => {
    const { layout } = rocFigure(lightTheme, [], { height: 300 });
    const inner = { width: 400 - 34 - 12, height: 300 - 8 - 36 };
    const placed = placeMarks(layout, 400, [
      { kind: 'point', x: 0, y: 0 },
      { kind: 'line', x0: 0, y0: 0.502, x1: 1.004, y1: 0.502, tone: 'accent' },
    ]);
    expect(placed).toEqual([
      { kind: 'point', x: 34, y: 8 + inner.height },
      {
        kind: 'line',
        x0: 34,
        y0: 8 + inner.height / 2,
        x1: 34 + inner.width,
        y1: 8 + inner.height / 2,
        tone: 'accent',
      },
    ]);
  });
  it('a bin is called positive when its middle is at or above the threshold', () => {
    expect([0, 0.02, 0.021, 0.42, 0.5, 1].map((threshold) => firstCalled(25, threshold))).toEqual([
      0, 0, 1, 10, 12, 25,
    ]);
  });

  it('labels closer than the gap move apart by as little as possible and stay inside', () => {
    expect(spread([100, 104, 200], 14, 0, 300)).toEqual([95, 109, 200]);
    expect(spread([0, 0, 0], 14, 0, 300)).toEqual([0, 14, 28]);
    expect(spread([300, 300], 14, 0, 300)).toEqual([286, 300]);
    expect(spread([50, 20], 14, 0, 300)).toEqual([50, 20]);
  });
  it('smoothing starts at the first value and leaves NaN where it was', () => {
    const out = smooth(Float64Array.from([2, 2, Number.NaN, 2]), 0.9);
    expect(out[0]).toBeCloseTo(2);
    expect(out[2]).toBeNaN();
    expect(out[3]).toBeCloseTo(2);
  });
  it('a series that was not reduced has no envelope', () => {
    expect(envelope(series([1, 2]))).toBeNull();
  });
});
