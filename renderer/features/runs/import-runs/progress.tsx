import { bytes, clock, count, percent, plural } from '../../../../shared/format.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { Meter, Notice } from '../../../ui/screen.tsx';
import type { Importing, RunImport } from './use-run-import.ts';

/** Before this an estimate would jump. */
const settledMs = 1_000;

/** How far an import is, at what rate, how long it still takes, and the way to end it. */
export function ImportProgress({ flow, now }: { flow: RunImport; now: Importing }) {
  const { source, progress } = now;
  const share = progress === null || progress.bytesTotal === 0 ? null : progress.bytesDone / progress.bytesTotal;
  return (
    <Dialog
      open
      onClose={() => flow.stop(source)}
      title={`Importing ${source.name}`}
      actions={<Button onClick={() => flow.stop(source)}>Cancel import</Button>}
    >
      <div className="import-progress">
        <Meter done={share} label="Import" />
        <div className="import-numbers">
          <span>
            {progress === null
              ? 'Reading'
              : `${percent(share ?? 0)}, ${count(progress.runsDone)} of ${plural(progress.runsTotal, 'run')}, ${plural(progress.points, 'point')}`}
          </span>
          <span>{rateWords(now)}</span>
        </div>
      </div>
      <p className="t3 small import-note">
        A run appears whole or not at all. Runs that are in already stay when you cancel.
      </p>
    </Dialog>
  );
}

function rateWords({ progress, startedAt }: Importing): string {
  const tookMs = Date.now() - startedAt;
  if (progress === null || progress.bytesDone === 0 || tookMs < settledMs) return '';
  const perMs = progress.bytesDone / tookMs;
  const leftMs = (progress.bytesTotal - progress.bytesDone) / perMs;
  return `${bytes(perMs * 1_000)}/s${leftMs > 0 ? `, ${clock(leftMs)} left` : ''}`;
}

/** What a cancelled import leaves. */
export function Cancelled({ flow, now: { source, progress } }: { flow: RunImport; now: Importing }) {
  return (
    <Dialog
      open
      onClose={flow.close}
      title="Import cancelled"
      actions={
        <Button variant="primary" onClick={flow.close}>
          Close
        </Button>
      }
    >
      <Notice tone="info">
        {progress === null || progress.runsDone === 0
          ? `Nothing of ${source.name} was taken over.`
          : `${count(progress.runsDone)} of ${plural(progress.runsTotal, 'run')} of ${source.name} are in, whole; the others are not.`}{' '}
        Import it again to take over the rest.
      </Notice>
    </Dialog>
  );
}
