import './relations.css';
import { Link } from 'wouter';
import { plain } from '../../../shared/format.ts';
import type { RerunCause, RerunVerdict, RunDetail } from '../../../shared/model/run.ts';
import { useCall } from '../../query.ts';
import { Icon, type IconName } from '../../ui/icon.tsx';
import { metricName } from '../../ui/metric-name.ts';
import { to } from '../../ui/navigation.ts';
import { DatasetFitWords } from './dataset-fit.tsx';

/** Where a run comes from and what came of it: another's record run again, another's model on other data. */
export function Relations({ run }: { run: RunDetail }) {
  return (
    <>
      {run.rerun && <RerunStrip verdict={run.rerun} />}
      {run.evaluationOf && (
        <section className="relation" aria-label="Evaluated elsewhere">
          <p>
            <Icon name="model" small />
            <span>
              The model of <RunLink id={run.evaluationOf.run} /> on other data. Nothing was trained.
            </span>
          </p>
          <DatasetFitWords fit={run.evaluationOf} />
        </section>
      )}
      {run.parent !== null && !run.rerun && !run.evaluationOf && (
        <section className="relation" aria-label="Comes from">
          <p>
            <Icon name={run.origin?.kind === 'fine-tune' ? 'model' : 'again'} small />
            <span>
              {run.origin?.kind === 'fine-tune' ? 'Goes on from the network of' : 'Comes from'}{' '}
              <RunLink id={run.parent} />.
            </span>
          </p>
        </section>
      )}
    </>
  );
}

const verdicts: Record<RerunVerdict['verdict'], { words: string; icon: IconName; tone: string }> = {
  identical: { words: 'Identical', icon: 'check', tone: 'ok' },
  'within-noise': { words: 'Within noise', icon: 'check', tone: 'ok' },
  different: { words: 'Different', icon: 'warning', tone: 'warn' },
};

/** The first cause of a difference, as a clause. */
const causes: Record<RerunCause, string> = {
  data: 'the data',
  code: 'the code',
  params: 'the params',
  packages: 'the packages',
  seed: 'the seed',
  device: 'the device',
  'nondeterministic-op': 'an operation that is not deterministic',
};

function RerunStrip({ verdict }: { verdict: RerunVerdict }) {
  const { words, icon, tone } = verdicts[verdict.verdict];
  return (
    <section className="relation" aria-label="Rerun">
      <p>
        <span className={`relation-word ${tone}`}>
          <Icon name={icon} small />
          {words}
        </span>
        <span>
          to <RunLink id={verdict.of} />
          {verdict.verdict === 'identical' && ', number by number'}
          {verdict.verdict !== 'identical' && verdict.cause !== null && `: because of ${causes[verdict.cause]}`}.
        </span>
      </p>
      {(verdict.differences.length > 0 || verdict.metrics.length > 0) && (
        <details>
          <summary className="t3 small">What differs</summary>
          <table className="plain relation-table" aria-label="What differs">
            <thead>
              <tr>
                <th>Recorded value</th>
                <th>Before</th>
                <th>Now</th>
              </tr>
            </thead>
            <tbody>
              {verdict.differences.map(({ cause, what, before, now }) => (
                <tr key={`${cause} ${what}`}>
                  <td className="t2">{what}</td>
                  <td>{before}</td>
                  <td>{now}</td>
                </tr>
              ))}
              {verdict.metrics.map(({ key, before, now }) => (
                <tr key={key}>
                  <td className="t2">{metricName(key).name}</td>
                  <td>{plain(before)}</td>
                  <td>{plain(now)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </details>
      )}
    </section>
  );
}

function RunLink({ id }: { id: string }) {
  const run = useCall('runs.show', { id });
  return <Link href={to.run(id)}>{run.data?.name ?? 'an earlier run'}</Link>;
}
