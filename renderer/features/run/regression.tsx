import './regression.css';
import { useMemo } from 'react';
import { columnDecimals, count, fixed, interval } from '../../../shared/format.ts';
import type { Estimate } from '../../../shared/model/estimate.ts';
import type { PartEvaluation, PredictionColumns } from '../../../shared/model/evaluation.ts';
import { meanBins } from '../../figures/mean-bins.ts';
import { MOST_POINTS } from '../../figures/points-sample.ts';
import { predictedObservedFigure } from '../../figures/predicted-observed.ts';
import { residualHistogramFigure, residualsFigure } from '../../figures/residuals.ts';
import { metricName } from '../../ui/metric-name.ts';
import { Plot } from '../../ui/plot.tsx';
import { useFigureTheme } from '../../ui/theme.ts';
import { EstimatesTable } from './estimates-table.tsx';
import { residualHistogram, residualsOf } from './residuals.ts';
import { squareSide, useWidth } from './use-width.ts';

/** In the order a paper names them; anything else follows. */
const order = ['r2', 'rmse', 'mae', 'spearman', 'calibration-slope', 'calibration-intercept'];

type Props = {
  stored: PartEvaluation | null;
  predictions: PredictionColumns;
  target: string | null;
  choice: React.ReactNode;
};

/** A run that predicts a number: estimates, predicted against observed, and what is left over. */
export function RegressionEvaluation({ stored, predictions, target, choice }: Props) {
  const theme = useFigureTheme();
  const [ref, width] = useWidth<HTMLDivElement>();
  const { side } = squareSide(width);
  const height = side - 2;
  const unit = target ?? '';
  const residuals = useMemo(() => residualsOf(predictions), [predictions]);
  const bins = useMemo(() => meanBins(predictions.scores, residuals), [predictions, residuals]);
  const histogram = useMemo(() => residualHistogram(residuals), [residuals]);
  const estimates = ordered(stored?.estimates ?? {});

  const observed = useMemo(() => {
    const own = stored?.estimates ?? {};
    const notes = [noteOf('r2', own.r2), noteOf('rmse', own.rmse)].filter((note) => note !== '');
    return predictedObservedFigure(
      theme,
      { predicted: predictions.scores, observed: predictions.truth },
      { height, unit, notes },
    );
  }, [theme, predictions, height, unit, stored]);
  const left = useMemo(
    () => residualsFigure(theme, { predicted: predictions.scores, residuals, bins }, { height, unit }),
    [theme, predictions, residuals, bins, height, unit],
  );
  const spread = useMemo(
    () => residualHistogramFigure(theme, histogram, { height, unit }),
    [theme, histogram, height, unit],
  );
  const drawn =
    predictions.rows > MOST_POINTS ? `; ${count(MOST_POINTS)} of ${count(predictions.rows)} rows drawn` : '';
  return (
    <>
      <div className="run-tool">{choice}</div>
      {estimates.length > 0 && (
        <div className="regression-estimates">
          <div className="figure-head">
            <h3>Estimates</h3>
            <span className="t3 small">
              95 %{target === null ? '' : `; RMSE, MAE and intercept in the unit of ${target}`}
            </span>
          </div>
          <EstimatesTable estimates={estimates} />
        </div>
      )}
      <div ref={ref} className="ev-charts" style={{ gridTemplateColumns: `repeat(auto-fill, ${side}px)` }}>
        {width > 0 && (
          <>
            <Plot
              figure={observed}
              width={side}
              title="Predicted against observed"
              caption={`observed; dashed: ideal${drawn}`}
              summary={[noteOf('r2', stored?.estimates.r2), noteOf('rmse', stored?.estimates.rmse)].join(', ')}
            />
            <Plot
              figure={left}
              width={side}
              title="Residuals"
              caption={`observed − predicted; line: means of ${bins.length} bins${drawn}`}
              summary="Observed less predicted over predicted."
            />
            <Plot
              figure={spread}
              width={side}
              title="Distribution of residuals"
              caption="rows"
              summary="How often each residual comes."
            />
          </>
        )}
      </div>
    </>
  );
}

function ordered(estimates: Record<string, Estimate>): [string, Estimate][] {
  const rank = (key: string) => (order.includes(key) ? order.indexOf(key) : order.length);
  return Object.entries(estimates)
    .filter(([, estimate]) => estimate.value !== null)
    .sort(([a], [b]) => rank(a) - rank(b) || a.localeCompare(b));
}

function noteOf(key: string, of: Estimate | undefined): string {
  if (!of || of.value === null) return '';
  const { name } = metricName(key);
  if (of.low === null || of.high === null) return `${name} ${fixed(of.value, 2)}`;
  const digits = columnDecimals([of]);
  return `${name} ${fixed(of.value, digits)} ${interval(of.low, of.high, digits)}`;
}
