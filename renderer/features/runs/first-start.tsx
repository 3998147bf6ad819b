import './first-start.css';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { api } from '../../api.ts';
import { useCall } from '../../query.ts';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { to } from '../../ui/navigation.ts';
import { EmptyState, ErrorNotice, ProgressLine } from '../../ui/screen.tsx';

/** What to do next in a vault without runs: import a table, try the synthetic cohort, bring runs along, or train on what is there. */
export function FirstStart({ onImportRuns }: { onImportRuns: () => void }) {
  const [, navigate] = useLocation();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<Error | null>(null);
  const datasets = useCall('datasets.list', {});
  const newest = datasets.data?.[0];

  async function trySynthetic() {
    setBusy(true);
    setError(null);
    try {
      const made = await api.call('datasets.synthetic', {});
      navigate(to.trainOn(made.name, made.version));
    } catch (problem) {
      setError(problem as Error);
      setBusy(false);
    }
  }

  if (datasets.data === undefined) return <ProgressLine />;
  if (newest) {
    return (
      <EmptyState
        actions={
          <>
            <ButtonLink variant="primary" icon="train" to={to.trainOn(newest.name)}>
              Train on {newest.name}
            </ButtonLink>
            <ButtonLink icon="dataset" to={to.datasets}>
              Datasets
            </ButtonLink>
          </>
        }
      >
        No run here yet. A run is one training: its data, settings, curves and results are kept together.
      </EmptyState>
    );
  }
  return (
    <div className="first-start">
      <h2>Nothing in this vault yet</h2>
      <p>
        Wardbook trains models on your data and keeps every record on this computer. Start with a table of your own, one
        row per patient or visit, or look around with invented patients first.
      </p>
      <ol>
        <li>
          <b>Import a table</b>
          <span>CSV or TSV. Columns are profiled, and identifiers recognised and kept out of the models.</span>
          <ButtonLink variant="primary" icon="dataset" to={to.datasets}>
            Import data
          </ButtonLink>
        </li>
        <li>
          <b>Try the synthetic cohort</b>
          <span>
            About 2,000 invented patients from three sites. In two minutes you look at a trained model and its ROC.
          </span>
          <Button icon="train" disabled={busy} onClick={trySynthetic}>
            {busy ? 'Making the patients…' : 'Try it'}
          </Button>
        </li>
        <li>
          <b>Bring the runs you have</b>
          <span>From TensorBoard, MLflow, W&B or ClearML folders and from logs. What you choose is only read.</span>
          <Button icon="folder" onClick={onImportRuns}>
            Import runs
          </Button>
        </li>
      </ol>
      <ProgressLine busy={busy} />
      {error && <ErrorNotice error={error} />}
      <p className="t3 small">
        Nothing leaves this computer: there is no server, no account and no network. Only a report you sign can be taken
        away.
      </p>
    </div>
  );
}
