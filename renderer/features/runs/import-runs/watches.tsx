import type { Watch } from '../../../../shared/contract/imports.ts';
import { plural } from '../../../../shared/format.ts';
import type { ImportSummary } from '../../../../shared/model/run-import.ts';
import { api } from '../../../api.ts';
import { Button } from '../../../ui/button.tsx';
import { Icon } from '../../../ui/icon.tsx';
import { refreshWatches, useWatches } from './use-watches.ts';

/** A line for each folder that is watched: what came in so far, or why it ended, and the way to stop it. */
export function Watches({ onStopped }: { onStopped(name: string, summary: ImportSummary): void }) {
  const watches = useWatches();
  if (watches.length === 0) return null;

  async function stop({ handle, name }: Watch) {
    const summary = await api.call('imports.unwatch', { handle });
    await refreshWatches();
    if (summary !== null) onStopped(name, summary);
  }

  return (
    <ul className="watches" aria-label="Watched folders">
      {watches.map((watch) => (
        <li key={watch.handle} className={watch.failure === null ? undefined : 'bad'}>
          <Icon name={watch.failure === null ? 'folder' : 'warning'} small />
          <span>
            {watch.failure === null ? 'Watching ' : 'No longer watching '}
            <b>{watch.name}</b>
          </span>
          <span className={watch.failure === null ? 't2' : undefined}>{watchWords(watch)}</span>
          <span className="grow" />
          <Button variant="quiet" onClick={() => void stop(watch)}>
            {watch.failure === null ? 'Stop watching' : 'Dismiss'}
          </Button>
        </li>
      ))}
    </ul>
  );
}

function watchWords({ progress, failure }: Watch): string {
  if (failure !== null) return failure.message;
  if (progress === null) return 'No event file yet; the first one is waited for.';
  return `${plural(progress.runsTotal, 'run')}, ${plural(progress.points, 'point')} taken over so far`;
}
