import './multiclass.css';
import { useMemo } from 'react';
import { columnDecimals, percent } from '../../../shared/format.ts';
import type { Evaluation, PartEvaluation, PredictionColumns } from '../../../shared/model/evaluation.ts';
import { auc } from '../../../shared/statistics/auc.ts';
import { rocCurve } from '../../../shared/statistics/roc.ts';
import { type RocLine, rocFigure } from '../../figures/roc.ts';
import { Plot } from '../../ui/plot.tsx';
import { useFigureTheme } from '../../ui/theme.ts';
import { EstimatesTable } from './estimates-table.tsx';

const DRAWN = 8;
const SIDE = 340;

type Props = {
  evaluation: Evaluation;
  stored: PartEvaluation | null;
  predictions: PredictionColumns;
  choice: React.ReactNode;
};

/** A run with several classes: estimates, the confusion table as heat, and each class against the rest. */
export function MulticlassEvaluation({ evaluation, stored, predictions, choice }: Props) {
  const theme = useFigureTheme();
  const { classes } = evaluation;
  const curves = useMemo(() => perClass(predictions), [predictions]);
  const figure = useMemo(() => {
    const lines = curves
      .slice(0, DRAWN)
      .flatMap(({ curve }, at): RocLine[] =>
        curve ? [{ label: classes[at]!, colour: theme.series[at % 8]!, ...curve }] : [],
      );
    const list = curves
      .slice(0, DRAWN)
      .flatMap(({ curve, area }, at) =>
        curve && area !== null
          ? [{ colour: theme.series[at % 8]!, text: `${shortened(classes[at]!)} ${area.toFixed(2)}` }]
          : [],
      );
    return rocFigure(theme, lines, { height: SIDE - 2, list });
  }, [curves, classes, theme]);
  const estimates = Object.entries(stored?.estimates ?? {}).filter(([, estimate]) => estimate.value !== null);
  const decimals = columnDecimals(estimates.map(([, estimate]) => estimate));
  return (
    <>
      <div className="run-tool">{choice}</div>
      <div className="multiclass">
        {estimates.length > 0 && (
          <div>
            <div className="figure-head">
              <h3>Estimates</h3>
              <span className="t3 small">95 %; AUC is the mean of each class against the rest</span>
            </div>
            <EstimatesTable estimates={estimates} decimals={decimals} />
          </div>
        )}
        {stored && <Heat classes={classes} confusion={stored.confusion} />}
        <Plot figure={figure} width={SIDE} title="ROC" caption="sensitivity; each class against the rest" />
      </div>
    </>
  );
}

function shortened(label: string): string {
  return label.length > 16 ? `${label.slice(0, 15)}…` : label;
}

function perClass({ truth, scores, classes, rows }: PredictionColumns) {
  return Array.from({ length: classes }, (_, own) => {
    const is = Uint8Array.from({ length: rows }, (_, row) => (truth[row] === own ? 1 : 0));
    const score = Float64Array.from({ length: rows }, (_, row) => scores[row * classes + own]!);
    return { curve: rocCurve(is, score), area: auc(is, score) };
  });
}

/** Counts with the share of their true class as tint. */
function Heat({ classes, confusion }: { classes: string[]; confusion: number[][] }) {
  return (
    <div>
      <div className="figure-head">
        <h3>Confusion matrix</h3>
        <span className="t3 small">rows: true class; tint: share of it</span>
      </div>
      <table className="heat">
        <thead>
          <tr>
            <td />
            {classes.map((label) => (
              <th key={label} scope="col" title={label}>
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {confusion.map((row, truth) => {
            const total = row.reduce((sum, value) => sum + value, 0);
            return (
              <tr key={classes[truth]}>
                <th scope="row" title={classes[truth]}>
                  {classes[truth]}
                </th>
                {row.map((value, predicted) => (
                  <td key={classes[predicted]} title={total > 0 ? percent(value / total) : undefined}>
                    <i style={{ opacity: total > 0 ? (value / total) * 0.32 : 0 }} />
                    <b>{value}</b>
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
