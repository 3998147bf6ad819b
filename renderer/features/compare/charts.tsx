import { useQueries } from '@tanstack/react-query';
import { useMemo } from 'react';
import { fixed } from '../../../shared/format.ts';
import type { EvaluationView } from '../../../shared/model/evaluation.ts';
import type { RunSummary } from '../../../shared/model/run.ts';
import { runLetter } from '../../../shared/model/run-letter.ts';
import { api } from '../../api.ts';
import { calibrationFigure } from '../../figures/calibration.ts';
import { type Curve, curvesFigure } from '../../figures/curves.ts';
import type { FigureTheme } from '../../figures/figure.ts';
import { observedLinesFigure } from '../../figures/observed-lines.ts';
import { rocFigure } from '../../figures/roc.ts';
import { useCall } from '../../query.ts';
import { heldOut } from '../../ui/metric-name.ts';
import { Plot } from '../../ui/plot.tsx';
import { slotStyle } from '../../ui/slots.ts';
import { useFigureTheme } from '../../ui/theme.ts';
import { calibrationLine, type Drawn, observedLine, rocLine } from './lines.ts';

const HEIGHT = 246;
const BINS = 5;
const lossKeys = ['train/loss', 'validation/loss'];

type Props = { runs: readonly RunSummary[]; slotOf: (id: string) => number };

/** Learning curves, ROC and calibration of all runs, overlaid. */
export function Charts({ runs, slotOf }: Props) {
  const theme = useFigureTheme();
  const colourOf = (id: string) => {
    const { colour, dashed } = slotStyle(slotOf(id));
    return { colour: colour === null ? theme.class0 : theme.series[colour]!, dashed };
  };
  const evaluated = runs.filter((run) => Object.keys(run.estimates).length > 0);
  const views = useQueries({
    queries: evaluated.map((run) => ({
      queryKey: ['runs.evaluation', { id: run.id }],
      queryFn: () => api.call('runs.evaluation', { id: run.id }),
    })),
    combine: (results) => results.map((result) => result.data),
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the evaluated runs and the colours follow from these
  const drawn = useMemo(
    () =>
      evaluated.flatMap((run, index): Drawn[] => {
        const view: EvaluationView | undefined = views[index];
        return view ? [{ label: runLetter(runs.indexOf(run)), ...colourOf(run.id), view }] : [];
      }),
    [views, runs, theme],
  );
  const roc = useMemo(() => rocFigureOf(theme, drawn, runs), [theme, drawn, runs]);
  const observed = useMemo(() => {
    const lines = drawn.map(observedLine).filter((line) => line !== null);
    return lines.length > 0 ? observedLinesFigure(theme, lines, { height: HEIGHT }) : null;
  }, [theme, drawn]);
  const calibration = useMemo(() => {
    const lines = drawn.map((item) => calibrationLine(item, BINS)).filter((line) => line !== null);
    return lines.length > 0 ? calibrationFigure(theme, lines, { height: HEIGHT }) : null;
  }, [theme, drawn]);
  return (
    <div className="compare-charts">
      <LearningCurves runs={runs} colourOf={colourOf} theme={theme} />
      {observed && (
        <Plot
          figure={observed}
          title="Predicted against observed"
          caption="observed means"
          summary="Observed over predicted numbers, as means of bins."
        />
      )}
      {roc && (
        <Plot figure={roc} title="ROC" caption="sensitivity; AUC" summary="Sensitivity over one minus specificity." />
      )}
      {calibration && (
        <Plot
          figure={calibration}
          title="Calibration"
          caption={`${BINS} bins of equal size`}
          summary="Observed share over predicted risk."
        />
      )}
    </div>
  );
}

function rocFigureOf(theme: FigureTheme, drawn: readonly Drawn[], runs: readonly RunSummary[]) {
  const lines = drawn.map(rocLine).filter((line) => line !== null);
  if (lines.length === 0) return null;
  const list = lines
    .map((line) => ({
      line,
      auc: heldOut(runs.find((_, index) => runLetter(index) === line.label)!.estimates, 'auc')?.value ?? 0,
    }))
    .sort((a, b) => b.auc - a.auc)
    .slice(0, 8)
    .map(({ line, auc }) => ({ colour: line.colour, text: `${line.label} ${fixed(auc, 2)}`, auc }));
  return rocFigure(theme, lines, {
    height: HEIGHT,
    ...(lines.length > 1 ? { list } : { notes: [`AUC ${fixed(list[0]!.auc, 2)}`] }),
  });
}

type CurvesProps = {
  runs: readonly RunSummary[];
  colourOf: (id: string) => { colour: string; dashed: boolean };
  theme: FigureTheme;
};

function LearningCurves({ runs, colourOf, theme }: CurvesProps) {
  const folded = runs.some((run) => !('train/loss' in run.metrics) && 'fold-1/train/loss' in run.metrics);
  const keys = folded ? [...lossKeys, ...lossKeys.map((key) => `fold-1/${key}`)] : lossKeys;
  const loaded = useCall(
    'runs.series',
    { ids: runs.map((run) => run.id), keys, maxPoints: Math.max(40, Math.floor(1200 / runs.length)) },
    { placeholderData: (previous) => previous },
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: the colours follow from runs and theme
  const figure = useMemo(() => {
    const curves = (loaded.data ?? []).flatMap(({ id, series }): Curve[] => {
      const index = runs.findIndex((run) => run.id === id);
      if (index < 0) return [];
      const { colour, dashed } = colourOf(id);
      const validated = series.some((item) => item.key.endsWith('validation/loss') && item.count > 0);
      return series
        .filter((item) => item.count > 0)
        .map((item) => {
          const training = item.key.endsWith('train/loss');
          const dash = training ? ('dot' as const) : dashed ? ('dash' as const) : undefined;
          return { series: item, label: training && validated ? '' : runLetter(index), colour, ...(dash && { dash }) };
        });
    });
    if (curves.length === 0) return null;
    return curvesFigure(theme, curves, {
      height: HEIGHT,
      smoothing: 0,
      logX: false,
      logY: false,
      across: 'step',
      stepName: 'epoch or iteration',
      best: null,
    });
  }, [loaded.data, runs, theme]);
  if (!figure) return <p className="t3">No run of these recorded a loss.</p>;
  return (
    <Plot
      figure={figure}
      title="Learning curves"
      caption={folded ? 'loss; dotted: training; first fold' : 'loss; dotted: training'}
      summary="Loss over steps."
    />
  );
}
