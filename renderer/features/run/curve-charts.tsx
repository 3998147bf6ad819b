import { useDeferredValue, useMemo } from 'react';
import type { PartEvaluation, PredictionColumns } from '../../../shared/model/evaluation.ts';
import { calibrationBins } from '../../../shared/statistics/calibration-bins.ts';
import { decisionCurve } from '../../../shared/statistics/decision-curve.ts';
import { precisionRecall } from '../../../shared/statistics/precision-recall.ts';
import { rocCurve } from '../../../shared/statistics/roc.ts';
import { rocBand } from '../../../shared/statistics/roc-band.ts';
import { calibrationFigure } from '../../figures/calibration.ts';
import { decisionCurveFigure } from '../../figures/decision-curve.ts';
import type { FigureTheme } from '../../figures/figure.ts';
import { precisionRecallFigure } from '../../figures/precision-recall.ts';
import { rocFigure } from '../../figures/roc.ts';
import { fixed, type Interval, interval, intervalDecimals } from '../../ui/format.ts';
import { Plot } from '../../ui/plot.tsx';
import { Confusion } from './confusion.tsx';
import { liveDraws, type Readouts } from './readouts.ts';
import { squareSide, useWidth } from './use-width.ts';

type Props = {
  theme: FigureTheme;
  predictions: PredictionColumns;
  stored: PartEvaluation | null;
  threshold: number;
  readouts: Readouts;
  positiveLabel: string;
  negativeLabel: string;
};

/** An estimate in a chart: `AUC 0.84 [0.79–0.90]`. */
export function inWords(name: string, of: Interval | undefined): string {
  if (!of || of.value === null) return '';
  if (of.low === null || of.high === null) return `${name} ${fixed(of.value, 2)}`;
  const decimals = intervalDecimals(of.low, of.high) ?? 2;
  return `${name} ${fixed(of.value, decimals)} ${interval(of.low, of.high, decimals)}`;
}

/** Bins of about 25 rows, between 4 and 10. */
export function calibrationBinCount(rows: number): number {
  return Math.max(4, Math.min(10, Math.floor(rows / 25)));
}

/** ROC, calibration, confusion matrix, precision–recall and decision curve, all square, all at one threshold. */
export function CurveCharts({ theme, predictions, stored, threshold, readouts, positiveLabel, negativeLabel }: Props) {
  const [ref, width] = useWidth<HTMLDivElement>();
  const { side } = squareSide(width);
  const height = side - 2;
  const { truth, scores, subject, rows } = predictions;

  const roc = useMemo(() => rocCurve(truth, scores), [truth, scores]);
  const wanted = useDeferredValue(predictions, null as PredictionColumns | null);
  const draws = Math.min(1000, liveDraws(rows));
  const band = useMemo(
    () => (wanted ? rocBand(wanted.truth, wanted.scores, wanted.subject, { draws, seed: 1 }) : null),
    [wanted, draws],
  );
  const bins = useMemo(
    () => calibrationBins(truth, scores, subject, { bins: calibrationBinCount(rows), seed: 1 }),
    [truth, scores, subject, rows],
  );
  const recall = useMemo(() => precisionRecall(truth, scores), [truth, scores]);
  const decision = useMemo(() => decisionCurve(truth, scores), [truth, scores]);

  const { confusion } = readouts;
  const positives = confusion.truePositive + confusion.falseNegative;
  const negatives = confusion.trueNegative + confusion.falsePositive;
  const sensitivity = confusion.truePositive / positives;
  const specificity = confusion.trueNegative / negatives;
  const called = confusion.truePositive + confusion.falsePositive;

  const rocPlot = useMemo(() => {
    if (!roc) return null;
    return rocFigure(theme, [{ label: '', colour: theme.accent, ...roc, band }], {
      height,
      point: { falsePositiveRate: 1 - specificity, truePositiveRate: sensitivity },
      notes: [
        inWords('AUC', stored?.estimates.auc),
        `at ${threshold.toFixed(2)}: sens. ${sensitivity.toFixed(2)}, spec. ${specificity.toFixed(2)}`,
      ],
    });
  }, [theme, roc, band, height, sensitivity, specificity, threshold, stored]);
  const calibrationPlot = useMemo(
    () =>
      calibrationFigure(theme, [{ label: '', colour: theme.accent, bins }], {
        height,
        threshold,
        notes: [
          inWords('slope', stored?.estimates['calibration-slope']),
          inWords('intercept', stored?.estimates['calibration-intercept']),
        ].filter((note) => note !== ''),
      }),
    [theme, bins, height, threshold, stored],
  );
  const recallPlot = useMemo(() => {
    if (!recall) return null;
    const point = called > 0 ? { precision: confusion.truePositive / called, recall: sensitivity } : null;
    return precisionRecallFigure(theme, recall, { height, prevalence: positives / rows, point });
  }, [theme, recall, height, positives, rows, called, confusion.truePositive, sensitivity]);
  const decisionPlot = useMemo(
    () => (decision ? decisionCurveFigure(theme, decision, { height, threshold }) : null),
    [theme, decision, height, threshold],
  );

  return (
    <div ref={ref} className="ev-charts" style={{ gridTemplateColumns: `repeat(auto-fill, ${side}px)` }}>
      {width > 0 && (
        <>
          {rocPlot ? (
            <Plot
              figure={rocPlot}
              width={side}
              title="ROC"
              caption={`sensitivity; band: bootstrap, 95 %`}
              summary={inWords('AUC', stored?.estimates.auc)}
            />
          ) : (
            <Missing title="ROC">needs both classes</Missing>
          )}
          <Plot
            figure={calibrationPlot}
            width={side}
            title="Calibration"
            caption={`observed, ${bins.length} bins of ${Math.round(rows / Math.max(1, bins.length))}`}
          />
          <Confusion
            confusion={confusion}
            threshold={threshold}
            positiveLabel={positiveLabel}
            negativeLabel={negativeLabel}
          />
          {recallPlot && (
            <Plot
              figure={recallPlot}
              width={side}
              title="Precision and recall"
              caption={`dashed: prevalence ${(positives / rows).toFixed(2)}`}
            />
          )}
          {decisionPlot && (
            <Plot figure={decisionPlot} width={side} title="Decision curve" caption="net benefit; dashed: treat all" />
          )}
        </>
      )}
    </div>
  );
}

function Missing({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <div>
      <div className="figure-head">
        <h3>{title}</h3>
        <span className="t3 small">{children}</span>
      </div>
    </div>
  );
}
