import { useDeferredValue, useMemo } from 'react';
import { columnDecimals, fixed, type Interval, interval, intervalDecimals } from '../../../shared/format.ts';
import type { PartEvaluation, PredictionColumns } from '../../../shared/model/evaluation.ts';
import { calibrationBins } from '../../../shared/statistics/calibration-bins.ts';
import { decisionCurve } from '../../../shared/statistics/decision-curve.ts';
import { precisionRecall } from '../../../shared/statistics/precision-recall.ts';
import { rocCurve } from '../../../shared/statistics/roc.ts';
import { rocBand } from '../../../shared/statistics/roc-band.ts';
import { calibrationFigure } from '../../figures/calibration.ts';
import { decisionCurveFigure } from '../../figures/decision-curve.ts';
import type { FigureTheme } from '../../figures/figure.ts';
import type { Mark } from '../../figures/marks.ts';
import { precisionRecallFigure } from '../../figures/precision-recall.ts';
import { rocFigure } from '../../figures/roc.ts';
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
  /** Labels as they are in the data, the positive one last. */
  classes: readonly string[];
};

/** An estimate in a chart: `AUC 0.84 [0.79–0.90]`. `decimals` makes a list agree; otherwise its own interval decides. */
function inWords(name: string, of: Interval | undefined, decimals?: number): string {
  if (!of || of.value === null) return '';
  if (of.low === null || of.high === null) return `${name} ${fixed(of.value, decimals ?? 2)}`;
  const digits = decimals ?? intervalDecimals(of.low, of.high) ?? 2;
  return `${name} ${fixed(of.value, digits)} ${interval(of.low, of.high, digits)}`;
}

/** Bins of about 25 rows, between 4 and 10. */
function calibrationBinCount(rows: number): number {
  return Math.max(4, Math.min(10, Math.floor(rows / 25)));
}

/** ROC, calibration, confusion matrix, precision–recall and decision curve, all square, all at one threshold. */
export function CurveCharts({ theme, predictions, stored, threshold, readouts, classes }: Props) {
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
    // The lower line of the corner is a mark: it moves with the threshold.
    const notes = [inWords('AUC', stored?.estimates.auc), ''];
    return rocFigure(theme, [{ label: '', colour: theme.accent, ...roc, band }], { height, notes });
  }, [theme, roc, band, height, stored]);
  const calibrationPlot = useMemo(() => {
    const slope = stored?.estimates['calibration-slope'];
    const intercept = stored?.estimates['calibration-intercept'];
    const decimals = columnDecimals([slope, intercept].filter((one) => one !== undefined));
    const notes = [inWords('slope', slope, decimals), inWords('intercept', intercept, decimals)];
    return calibrationFigure(theme, [{ label: '', colour: theme.accent, bins }], {
      height,
      notes: notes.filter((note) => note !== ''),
    });
  }, [theme, bins, height, stored]);
  const prevalence = positives / rows;
  const recallPlot = useMemo(
    () => (recall ? precisionRecallFigure(theme, recall, { height, prevalence }) : null),
    [theme, recall, height, prevalence],
  );
  const decisionPlot = useMemo(
    () => (decision ? decisionCurveFigure(theme, decision, { height }) : null),
    [theme, decision, height],
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
              caption="sensitivity; band: bootstrap, 95 %"
              summary={inWords('AUC', stored?.estimates.auc)}
              marks={rocMarks(threshold, sensitivity, specificity)}
            />
          ) : (
            <Missing title="ROC">needs both classes</Missing>
          )}
          <Plot
            figure={calibrationPlot}
            width={side}
            title="Calibration"
            marks={[{ kind: 'line', x0: threshold, x1: threshold, y0: 0, y1: 0.025, tone: 'accent' }]}
            caption={`observed, ${bins.length} bins of ${Math.round(rows / Math.max(1, bins.length))}`}
          />
          <Confusion
            confusion={confusion}
            threshold={threshold}
            positiveLabel={classes[1] ?? ''}
            negativeLabel={classes[0] ?? ''}
          />
          {recallPlot && (
            <Plot
              figure={recallPlot}
              width={side}
              title="Precision and recall"
              marks={called > 0 ? [{ kind: 'point', x: sensitivity, y: confusion.truePositive / called }] : []}
              caption={`dashed: prevalence ${prevalence.toFixed(2)}`}
            />
          )}
          {decisionPlot && (
            <Plot
              figure={decisionPlot}
              width={side}
              title="Decision curve"
              marks={[
                {
                  kind: 'line',
                  x0: threshold,
                  x1: threshold,
                  y0: decisionPlot.layout.yaxis.range![0],
                  y1: decisionPlot.layout.yaxis.range![1],
                  tone: 'accent',
                },
              ]}
              caption="net benefit; dashed: treat all"
            />
          )}
        </>
      )}
    </div>
  );
}

/** The threshold's point on the ROC, its way to both axes, and what it reaches in words. */
function rocMarks(threshold: number, sensitivity: number, specificity: number): Mark[] {
  const x = 1 - specificity;
  return [
    { kind: 'line', x0: 0, x1: x, y0: sensitivity, y1: sensitivity, tone: 'reference' },
    { kind: 'line', x0: x, x1: x, y0: sensitivity, y1: 0, tone: 'reference' },
    { kind: 'point', x, y: sensitivity },
    {
      kind: 'note',
      line: 0,
      text: `at ${threshold.toFixed(2)}: sens. ${sensitivity.toFixed(2)}, spec. ${specificity.toFixed(2)}`,
    },
  ];
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
