import { useMutation } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { count, plural } from '../../../shared/format.ts';
import type { EvaluationPart } from '../../../shared/model/evaluation.ts';
import type { RunDetail } from '../../../shared/model/run.ts';
import { api } from '../../api.ts';
import { useCall } from '../../query.ts';
import { Segmented } from '../../ui/choice.tsx';
import { EmptyState, ErrorNotice, ProgressLine } from '../../ui/screen.tsx';
import { BinaryEvaluation } from './binary.tsx';
import { Coefficients } from './coefficients.tsx';
import { LinearCoefficients } from './linear-coefficients.tsx';
import { MulticlassEvaluation } from './multiclass.tsx';
import { RegressionEvaluation } from './regression.tsx';
import { classWords } from './run-facts.ts';

const partOrder: EvaluationPart[] = ['validation', 'test', 'oof'];
const partNames: Record<EvaluationPart, string> = { validation: 'Validation', test: 'Test', oof: 'Out of fold' };

/** After a count: `86 died`; `43 positive` where the label is no word. */
function counted(label: string, target: string | null): string {
  return classWords(label, target) === label ? label : 'positive';
}

/** How good the run's model is on patients it has not seen. Each look at a held-out part is counted in the audit log. */
export function EvaluationTab({ run }: { run: RunDetail }) {
  const view = useCall('runs.evaluation', { id: run.id });
  const [chosen, setChosen] = useState<EvaluationPart | null>(null);
  const looks = useMutation({ mutationFn: () => api.call('runs.look', { id: run.id }) });
  const parts = partOrder.filter((one) => view.data?.predictions.some(({ part: own }) => own === one));
  const part = chosen ?? parts.find((one) => one !== 'validation') ?? parts[0];
  const heldOut = part !== undefined && part !== 'validation';

  const { mutate } = looks;
  useEffect(() => {
    if (heldOut) mutate();
  }, [heldOut, mutate]);

  if (view.error) {
    return (
      <div className="run-content">
        {view.error.code === 'NO_PREDICTIONS' ? (
          <EmptyState>
            {run.status === 'running' || run.status === 'queued'
              ? 'The evaluation is made when the run has finished.'
              : 'This run has no held-out predictions: it did not come to its end.'}
          </EmptyState>
        ) : (
          <ErrorNotice error={view.error} />
        )}
      </div>
    );
  }
  if (!view.data || part === undefined) {
    return (
      <div className="run-content">
        {view.data ? <EmptyState>This run has no held-out predictions.</EmptyState> : <ProgressLine />}
      </div>
    );
  }

  const { evaluation } = view.data;
  const stored = evaluation.parts.find((one) => one.part === part) ?? null;
  const predictions = view.data.predictions.find((one) => one.part === part)!;
  const seen = looks.data?.looks ?? view.data.looks;
  const choice = (
    <>
      {parts.length > 1 && (
        <Segmented
          label="Part of the data"
          value={part}
          options={parts.map((one) => ({ value: one, label: partNames[one] }))}
          onChange={setChosen}
        />
      )}
      <span className="t2">
        {plural(stored?.subjects ?? predictions.rows, stored?.subjects == null ? 'row' : 'subject')}
        {stored && stored.subjects !== null && stored.subjects !== stored.rows && ` (${count(stored.rows)} rows)`}
        {stored &&
          evaluation.task === 'binary' &&
          `, ${count(stored.classRows[1] ?? 0)} ${counted(evaluation.classes[1]!, run.target)}`}
      </span>
      {heldOut && (
        <span
          className="t3 small"
          title="Each look at a held-out part is counted in the audit log: one used to choose stops being one."
        >
          looked at {seen === 1 ? 'once' : `${count(seen)} times`}
        </span>
      )}
    </>
  );
  return (
    <div className="run-content">
      {evaluation.task === 'binary' ? (
        <BinaryEvaluation
          key={part}
          evaluation={evaluation}
          stored={stored}
          predictions={predictions}
          validation={view.data.predictions.find((one) => one.part === 'validation') ?? null}
          target={run.target}
          choice={choice}
          onExplore={() => heldOut && mutate()}
        />
      ) : evaluation.task === 'regression' ? (
        <RegressionEvaluation
          key={part}
          stored={stored}
          predictions={predictions}
          target={run.target}
          choice={choice}
        />
      ) : (
        <MulticlassEvaluation
          key={part}
          evaluation={evaluation}
          stored={stored}
          predictions={predictions}
          choice={choice}
        />
      )}
      {run.coefficients &&
        (evaluation.task === 'regression' ? (
          <LinearCoefficients rows={run.coefficients} target={run.target} />
        ) : (
          <Coefficients rows={run.coefficients} classes={evaluation.classes} target={run.target} />
        ))}
    </div>
  );
}
