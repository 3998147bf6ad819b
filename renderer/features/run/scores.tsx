import { useMemo } from 'react';
import type { PredictionColumns } from '../../../shared/model/evaluation.ts';
import { scoreHistogram } from '../../../shared/statistics/score-histogram.ts';
import type { FigureTheme } from '../../figures/figure.ts';
import { firstCalled, scoreHistogramFigure } from '../../figures/score-histogram.ts';
import { Plot } from '../../ui/plot.tsx';
import { ThresholdSlider } from './threshold-slider.tsx';

const BINS = 25;
const HEIGHT = 232;

type Props = {
  theme: FigureTheme;
  predictions: PredictionColumns;
  threshold: number;
  chosen: number | null;
  positiveLabel: string;
  negativeLabel: string;
  onThreshold: (threshold: number) => void;
};

/** Scores by true class over the threshold slider, which is their axis. */
export function Scores({ theme, predictions, threshold, chosen, positiveLabel, negativeLabel, onThreshold }: Props) {
  const bins = useMemo(() => scoreHistogram(predictions.truth, predictions.scores, BINS), [predictions]);
  const calledFrom = firstCalled(BINS, threshold);
  const figure = useMemo(
    () => scoreHistogramFigure(theme, bins, { height: HEIGHT, calledFrom, positiveLabel, negativeLabel }),
    [theme, bins, calledFrom, positiveLabel, negativeLabel],
  );
  const [low, high] = figure.layout.yaxis.range!;
  return (
    <Plot
      figure={figure}
      title="Scores by true class"
      caption={`rows per bin of ${1 / BINS}; outlined bars are on the wrong side of the threshold`}
      summary={`Threshold at ${threshold.toFixed(2)}.`}
      marks={[{ kind: 'line', x0: threshold, x1: threshold, y0: low, y1: high, tone: 'accent' }]}
      below={<ThresholdSlider value={threshold} chosen={chosen} onChange={onThreshold} />}
    />
  );
}
