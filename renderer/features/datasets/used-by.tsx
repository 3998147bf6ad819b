import { Link } from 'wouter';
import { plural, when } from '../../../shared/format.ts';
import { useCall } from '../../query.ts';
import { to } from '../../ui/navigation.ts';
import { Estimated } from '../../ui/number.tsx';

/** Runs that trained on this version, newest first. */
export function UsedBy({ name, version }: { name: string; version: number }) {
  const filter = `dataset.name = "${name}" and dataset.version = ${version}`;
  const page = useCall('runs.list', { study: null, filter, sort: null, limit: 50, cursor: null, bin: false });
  const runs = page.data?.runs ?? [];
  return (
    <section aria-label="Runs">
      <header>
        <h2>Runs</h2>
        {page.data && page.data.total > runs.length && (
          <span className="t3 small">
            the newest {runs.length} of {plural(page.data.total, 'run')}
          </span>
        )}
      </header>
      {page.data && runs.length === 0 && <p className="t2">No run has used this version yet.</p>}
      {runs.length > 0 && (
        <table className="plain" aria-label="Runs of this version">
          <thead>
            <tr>
              <th>Name</th>
              <th>Recipe</th>
              <th>Status</th>
              <th>AUC, held out</th>
              <th className="right">Started</th>
            </tr>
          </thead>
          <tbody>
            {runs.map((run) => (
              <tr key={run.id}>
                <td className="strong">
                  <Link href={to.run(run.id)}>{run.name}</Link>
                </td>
                <td>{run.recipe}</td>
                <td className={run.status === 'failed' || run.status === 'crashed' ? 'bad' : 't2'}>
                  {run.reason ?? run.status}
                </td>
                <td>
                  <Estimated of={run.estimates['test/auc'] ?? run.estimates['oof/auc']} />
                </td>
                <td className="right t2">{when(run.startedAt ?? run.createdAt, Date.now())}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
