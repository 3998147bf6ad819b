import { useState } from 'react';
import type { ImportSource } from '../../../../shared/contract/imports.ts';
import { bytes, count, plural } from '../../../../shared/format.ts';
import type { ImportFormat, ImportSummary, SkippedSource } from '../../../../shared/model/run-import.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { FormRow, TextInput } from '../../../ui/field.tsx';
import { ErrorNotice, Meter } from '../../../ui/screen.tsx';
import type { RunImport } from './use-run-import.ts';

export const formatNames: Record<ImportFormat, string> = {
  tensorboard: 'TensorBoard event files',
  mlruns: 'MLflow folder (mlruns)',
  'mlflow-db': 'MLflow database',
  csv: 'Logs as CSV or JSON',
  wandb: 'W&B offline runs',
  clearml: 'ClearML offline sessions',
};

/** Takes over runs that another program recorded: choose, see what was found, import or watch, see what was left out. */
export function ImportRunsDialog({ flow }: { flow: RunImport }) {
  const { stage } = flow;
  switch (stage.step) {
    case 'asking':
      return <Asking flow={flow} error={stage.error} />;
    case 'looking':
      return (
        <Dialog open onClose={flow.close} title="Import runs">
          <Meter done={null} label="Looking what is there" />
        </Dialog>
      );
    case 'found':
      return <Found flow={flow} source={stage.source} />;
    case 'importing': {
      const { source, watch, progress } = stage;
      const share = progress === null || progress.bytesTotal === 0 ? null : progress.bytesDone / progress.bytesTotal;
      return (
        <Dialog
          open
          onClose={() => flow.stop(source)}
          title={watch ? `Watching ${source.name}` : `Importing ${source.name}`}
          actions={<Button onClick={() => flow.stop(source)}>{watch ? 'Stop watching' : 'Cancel import'}</Button>}
        >
          <Meter done={watch ? null : share} label="Import" />
          {progress !== null && (
            <p>
              {count(progress.runsDone)} of {plural(progress.runsTotal, 'run')}, {plural(progress.points, 'point')}
            </p>
          )}
          <p className="t3 small">A run appears whole or not at all.</p>
        </Dialog>
      );
    }
    case 'done':
      return <Done flow={flow} summary={stage.summary} />;
    default:
      return null;
  }
}

function Asking({ flow, error }: { flow: RunImport; error: Error | null }) {
  return (
    <Dialog
      open
      onClose={flow.close}
      title="Import runs"
      actions={
        <>
          <Button onClick={flow.close}>Cancel</Button>
          <Button onClick={() => void flow.choose('file')}>Choose a file</Button>
          <Button variant="primary" onClick={() => void flow.choose('folder')}>
            Choose a folder
          </Button>
        </>
      }
    >
      <p>{Object.values(formatNames).join(', ')}. The folder is only read; importing it again adds only what is new.</p>
      {error !== null && <ErrorNotice error={error} />}
    </Dialog>
  );
}

function Found({ flow, source }: { flow: RunImport; source: ImportSource }) {
  const [format, setFormat] = useState<ImportFormat | null>(source.found[0]?.format ?? null);
  const [study, setStudy] = useState('');
  const chosen = source.found.find((one) => one.format === format);
  return (
    <Dialog
      open
      onClose={flow.close}
      title={`Import from ${source.name}`}
      actions={
        <>
          <Button onClick={flow.open}>Back</Button>
          {chosen?.format === 'tensorboard' && (
            <Button onClick={() => void flow.start(source, chosen.format, study, true)}>Watch</Button>
          )}
          {chosen !== undefined && chosen.count > 0 && (
            <Button variant="primary" onClick={() => void flow.start(source, chosen.format, study, false)}>
              Import {plural(chosen.count, 'run')}
            </Button>
          )}
        </>
      }
    >
      {chosen === undefined && <p>No runs that can be imported lie here.</p>}
      {source.found.length > 1 && (
        <fieldset>
          <legend>What to import</legend>
          {source.found.map((one) => (
            <label key={one.format}>
              <input
                type="radio"
                name="format"
                checked={one.format === format}
                onChange={() => setFormat(one.format)}
              />{' '}
              {formatNames[one.format]}: {plural(one.count, 'run')}
            </label>
          ))}
        </fieldset>
      )}
      {chosen !== undefined && (
        <>
          <p>
            {formatNames[chosen.format]}: {plural(chosen.count, 'run')}, {bytes(chosen.bytes)}
          </p>
          <ul className="import-run-list">
            {chosen.runs.slice(0, 8).map((run) => (
              <li key={`${run.path} ${run.name}`}>
                {run.study}: {run.name}
              </li>
            ))}
            {chosen.count > 8 && <li className="t3">and {count(chosen.count - 8)} more</li>}
          </ul>
          <FormRow label="Study" help="Empty: as the source says.">
            {({ id, describedBy }) => (
              <TextInput
                id={id}
                aria-describedby={describedBy}
                value={study}
                maxLength={200}
                onChange={(event) => setStudy(event.target.value)}
              />
            )}
          </FormRow>
          <Skipped list={chosen.skipped} />
        </>
      )}
    </Dialog>
  );
}

function Done({ flow, summary }: { flow: RunImport; summary: ImportSummary }) {
  return (
    <Dialog
      open
      onClose={flow.close}
      title="Runs imported"
      actions={
        <Button variant="primary" onClick={flow.close}>
          Close
        </Button>
      }
    >
      <p>
        {plural(summary.added, 'run')} added, {count(summary.updated)} brought up to date, {count(summary.unchanged)}{' '}
        unchanged, {plural(summary.points, 'point')} added
        {summary.models === 0 ? '.' : `, ${plural(summary.models, 'model version')} registered.`}
      </p>
      <Skipped list={summary.skipped} />
    </Dialog>
  );
}

function Skipped({ list }: { list: SkippedSource[] }) {
  if (list.length === 0) return null;
  return (
    <details>
      <summary>{count(list.length)} left out or changed</summary>
      <ul>
        {list.slice(0, 100).map(({ path, reason }) => (
          <li key={`${path} ${reason}`}>
            {path}: {reason}
          </li>
        ))}
      </ul>
    </details>
  );
}
