import { Link } from 'wouter';
import { columnDecimals, plural, whenLong } from '../../../shared/format.ts';
import { useCall } from '../../query.ts';
import { Icon } from '../../ui/icon.tsx';
import { heldOut, mainMetric, metricName } from '../../ui/metric-name.ts';
import { to } from '../../ui/navigation.ts';
import { Estimated } from '../../ui/number.tsx';

type Props = {
  /** The run with the same seed; null when there are replicates only. */
  id: string | null;
  /** Finished runs that differ in the seed only. */
  replicates: readonly { id: string; seed: number }[];
  /** Chooses a seed that none of these has. */
  onOtherSeed: (used: readonly number[]) => void;
};

/** The same run is there already, or its replicates with other seeds: what came of it, and what to do instead. */
export function DoneBefore({ id, replicates, onOtherSeed }: Props) {
  const others = replicates.filter((replicate) => replicate.id !== id);
  const ids = [...(id === null ? [] : [id]), ...others.map((replicate) => replicate.id)];
  return (
    <div className="done-before">
      <h3>
        <Icon name="again" small />
        {id === null ? 'Done with other seeds' : 'Already done'}
      </h3>
      {id !== null && <SameRun id={id} />}
      {others.length > 0 && (
        <p>
          {plural(others.length, 'replicate')} with {others.length === 1 ? 'another seed' : 'other seeds'}:{' '}
          {seedList(others.map(({ seed }) => seed))}
        </p>
      )}
      <div className="links">
        {id !== null && <Link href={to.run(id)}>Open that run</Link>}
        {ids.length > 1 && <Link href={to.compare(ids.slice(0, 50))}>Compare them</Link>}
        {id === null && others.length === 1 && <Link href={to.run(others[0]!.id)}>Open it</Link>}
        {id !== null && (
          <button type="button" className="link" onClick={() => onOtherSeed(replicates.map(({ seed }) => seed))}>
            Use another seed
          </button>
        )}
      </div>
    </div>
  );
}

function SameRun({ id }: { id: string }) {
  const run = useCall('runs.show', { id });
  if (!run.data) return null;
  const { estimates, task, startedAt, createdAt } = run.data;
  const key = mainMetric(task);
  const main = heldOut(estimates, key);
  return (
    <>
      <p>The same code, data and params ran {whenLong(startedAt ?? createdAt, Date.now())}.</p>
      {main && (
        <p>
          {metricName(key).name} <Estimated of={main} decimals={columnDecimals([main])} />
        </p>
      )}
    </>
  );
}

function seedList(seeds: readonly number[]): string {
  const sorted = [...seeds].sort((a, b) => a - b);
  return sorted.length <= 5 ? sorted.join(', ') : `${sorted.slice(0, 4).join(', ')} and ${sorted.length - 4} more`;
}
