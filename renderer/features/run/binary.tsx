import './evaluation.css';
import { useDeferredValue, useMemo, useRef, useState } from 'react';
import { columnDecimals } from '../../../shared/format.ts';
import type { Evaluation, PartEvaluation, PredictionColumns } from '../../../shared/model/evaluation.ts';
import { thresholdForSensitivity } from '../../../shared/statistics/threshold.ts';
import { Badge } from '../../ui/badge.tsx';
import { Segmented } from '../../ui/choice.tsx';
import { useKeys } from '../../ui/keys.ts';
import { Estimated } from '../../ui/number.tsx';
import { useFigureTheme } from '../../ui/theme.ts';
import { CurveCharts } from './curve-charts.tsx';
import { type Readouts, readoutsAt, stepped } from './readouts.ts';
import { classWords } from './run-facts.ts';
import { Scores } from './scores.tsx';

type Props = {
  evaluation: Evaluation;
  stored: PartEvaluation | null;
  predictions: PredictionColumns;
  validation: PredictionColumns | null;
  target: string | null;
  /** Which part of the data, and how many. */
  choice: React.ReactNode;
  /** The threshold has left the chosen one. */
  onExplore: () => void;
};

/** A two-class run: scores, rates at the threshold, ROC, calibration, confusion, precision–recall, decision curve. */
export function BinaryEvaluation({ evaluation, stored, predictions, validation, target, choice, onExplore }: Props) {
  const theme = useFigureTheme();
  const chosen = evaluation.threshold;
  const [threshold, setThreshold] = useState(chosen ?? 0.5);
  const explored = useRef(false);
  const exploratory = chosen !== null && threshold !== chosen;
  const settled = useDeferredValue(threshold);
  const [negativeLabel = '', positiveLabel = ''] = evaluation.classes.map((label) => classWords(label, target));

  function move(next: number) {
    setThreshold(next);
    if (!explored.current && next !== chosen) {
      explored.current = true;
      onExplore();
    }
  }
  useKeys({
    arrowleft: () => move(stepped(threshold, -0.01)),
    arrowright: () => move(stepped(threshold, 0.01)),
    'shift+arrowleft': () => move(stepped(threshold, -0.1)),
    'shift+arrowright': () => move(stepped(threshold, 0.1)),
  });

  const readouts = useMemo(
    () => readoutsAt(predictions, settled, settled === chosen ? stored : null),
    [predictions, settled, chosen, stored],
  );
  const sensitive = useMemo(() => {
    const basis = validation ?? predictions;
    return thresholdForSensitivity(basis.truth, basis.scores, 0.9);
  }, [validation, predictions]);

  const presets = [
    ...(chosen === null
      ? []
      : [{ value: 'chosen', label: `${chosen.toFixed(2)} ${chosenWords(evaluation)}`, at: chosen }]),
    ...(sensitive === null ? [] : [{ value: 'sensitive', label: 'sensitivity 90 %', at: sensitive }]),
    { value: 'half', label: '0.50', at: 0.5 },
  ];
  return (
    <>
      <div className="run-tool">
        {choice}
        <span className="grow" />
        <div className="run-tool-end">
          <span className="t3 small">Threshold</span>
          <Segmented
            label="Threshold"
            value={presets.find(({ at }) => at === threshold)?.value ?? null}
            options={presets}
            onChange={(value) => move(presets.find((preset) => preset.value === value)!.at)}
          />
        </div>
      </div>
      <div className="ev-top">
        <Scores
          theme={theme}
          predictions={predictions}
          threshold={threshold}
          chosen={chosen}
          positiveLabel={positiveLabel}
          negativeLabel={negativeLabel}
          onThreshold={move}
        />
        <ReadoutTable readouts={readouts} threshold={settled} exploratory={exploratory} />
      </div>
      <CurveCharts
        theme={theme}
        predictions={predictions}
        stored={stored}
        threshold={settled}
        readouts={readouts}
        classes={evaluation.classes}
      />
    </>
  );
}

/** `chosen on validation`, from the rule the run recorded; what it adds after a comma has no room on a button. */
function chosenWords(evaluation: Evaluation): string {
  const rule = evaluation.thresholdRule ?? '';
  const where = /\bon ([^,]+)/.exec(rule)?.[1];
  return where ? `chosen on ${where}` : 'chosen';
}

function ReadoutTable({
  readouts,
  threshold,
  exploratory,
}: {
  readouts: Readouts;
  threshold: number;
  exploratory: boolean;
}) {
  const decimals = columnDecimals(readouts.rows.map(({ estimate }) => estimate));
  return (
    <div>
      <div className="figure-head">
        <h3>At threshold {threshold.toFixed(2)}</h3>
        {exploratory ? (
          <Badge
            tone="warn"
            icon="warning"
            title="A threshold picked by looking at held-out data is not stored and cannot be exported."
          >
            exploratory
          </Badge>
        ) : (
          <span className="t3 small">{readouts.method}</span>
        )}
      </div>
      <table className="plain readouts" aria-label="Rates at the threshold">
        <tbody>
          {readouts.rows.map(({ key, label, estimate, counts }) => (
            <tr key={key}>
              <td>{label}</td>
              <td className="right" title={estimate.method}>
                <Estimated of={estimate} decimals={decimals} />
              </td>
              <td className="right t3 small">{counts}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
