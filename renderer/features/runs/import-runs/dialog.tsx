import './import-runs.css';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { type Kind, KindList } from '../../../ui/kind-list.tsx';
import { ErrorNotice, Meter } from '../../../ui/screen.tsx';
import { Found } from './found.tsx';
import { Outcome } from './outcome.tsx';
import { Cancelled, ImportProgress } from './progress.tsx';
import type { RunImport, SourceKind } from './use-run-import.ts';

/** Takes over runs that another program recorded: choose, see what was found, import or watch, see what was left out. */
export function ImportRunsDialog({ flow }: { flow: RunImport }) {
  const { stage } = flow;
  switch (stage.step) {
    case 'asking':
      return <Asking flow={flow} error={stage.error} />;
    case 'looking':
      return (
        <Dialog
          open
          onClose={flow.stopLooking}
          title="Import runs"
          actions={<Button onClick={flow.stopLooking}>Cancel</Button>}
        >
          <div className="import-progress">
            <Meter done={null} label="Looking" />
            <div className="import-numbers">Looking for runs</div>
          </div>
        </Dialog>
      );
    case 'found':
      return <Found key={stage.source.handle} flow={flow} source={stage.source} kind={stage.kind} />;
    case 'importing':
      return <ImportProgress flow={flow} now={stage} />;
    case 'cancelled':
      return <Cancelled flow={flow} now={stage} />;
    case 'done':
      return <Outcome flow={flow} name={stage.name} watched={stage.watched} summary={stage.summary} />;
    default:
      return null;
  }
}

const kinds: readonly Kind<SourceKind>[] = [
  {
    kind: 'folder',
    icon: 'folder',
    label: 'A folder',
    detail: 'TensorBoard event files, mlruns, W&B or ClearML offline runs, logs as CSV or JSON lines',
  },
  {
    kind: 'file',
    icon: 'file',
    label: 'A file',
    detail: 'an MLflow database (mlflow.db), a .wandb file, a zipped ClearML session, one log as CSV or JSON',
  },
];

function Asking({ flow, error }: { flow: RunImport; error: Error | null }) {
  return (
    <Dialog open onClose={flow.close} title="Import runs" actions={<Button onClick={flow.close}>Cancel</Button>}>
      <KindList kinds={kinds} onChoose={(kind) => void flow.choose(kind)} />
      {error !== null && <ErrorNotice error={error} />}
      <p className="t3 small import-note">What you choose is only read. Importing it again adds only what is new.</p>
    </Dialog>
  );
}
