import { Link } from 'wouter';
import { columnDecimals, whenLong } from '../../../shared/format.ts';
import { useCall } from '../../query.ts';
import { Icon } from '../../ui/icon.tsx';
import { heldOut, mainMetric, metricName } from '../../ui/metric-name.ts';
import { to } from '../../ui/navigation.ts';
import { Estimated } from '../../ui/number.tsx';

/** The same run is there already: what came of it, and what to do instead. */
export function DoneBefore({ id, onSeed }: { id: string; onSeed: (seed: number) => void }) {
  const run = useCall('runs.show', { id });
  if (!run.data) return null;
  const { estimates, seed, task, startedAt, createdAt } = run.data;
  const key = mainMetric(task);
  const main = heldOut(estimates, key);
  return (
    <div className="done-before">
      <h3>
        <Icon name="again" small />
        Already done
      </h3>
      <p>The same code, data and params ran {whenLong(startedAt ?? createdAt, Date.now())}.</p>
      {main && (
        <p>
          {metricName(key).name} <Estimated of={main} decimals={columnDecimals([main])} />
        </p>
      )}
      <div className="links">
        <Link href={to.run(id)}>Open that run</Link>
        <button type="button" className="link" onClick={() => onSeed(((seed ?? 0) % 1_000_000) + 1)}>
          Use another seed
        </button>
      </div>
    </div>
  );
}
