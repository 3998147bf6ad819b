import { Link } from 'wouter';
import type { TrainingQueue } from '../../../shared/contract/training.ts';
import { plural } from '../../../shared/format.ts';
import { useCall } from '../../query.ts';
import { to } from '../../ui/navigation.ts';
import { Status } from '../../ui/status.tsx';

const SHOWN = 6;

/** When a run that takes so many threads would begin. */
export function startsWords({ running, waiting, limits }: TrainingQueue, cores: number): string {
  if (waiting.length > 0) return `after ${plural(waiting.length + running.length, 'run')}`;
  const taken = running.reduce((sum, run) => sum + run.cores, 0);
  const wanted = Math.min(cores, limits.cores);
  return taken === 0 || taken + wanted <= limits.cores ? 'at once' : `after ${plural(running.length, 'run')}`;
}

/** What trains and what waits, and for what. Nothing while the machine is free. */
export function QueueList({ queue }: { queue: TrainingQueue }) {
  const ids = [...queue.running.map(({ id }) => id), ...queue.waiting.map(({ id }) => id)];
  const page = useCall(
    'runs.list',
    { study: null, filter: 'status in ("running", "queued")', sort: null, limit: 50, cursor: null, bin: false },
    { enabled: ids.length > 0, placeholderData: (old) => old },
  );
  if (ids.length === 0) return null;
  const runs = ids.flatMap((id) => page.data?.runs.find((run) => run.id === id) ?? []);
  return (
    <>
      <h3>Training now</h3>
      <ul className="queue-list" aria-label="Training now">
        {runs.slice(0, SHOWN).map((run) => (
          <li key={run.id}>
            <Link href={to.run(run.id)} title={queue.waiting.find(({ id }) => id === run.id)?.why}>
              {run.name}
            </Link>
            <Status run={run} />
          </li>
        ))}
      </ul>
      {runs.length > SHOWN && <p className="t3 small">and {runs.length - SHOWN} more</p>}
    </>
  );
}
