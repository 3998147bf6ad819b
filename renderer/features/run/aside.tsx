import './aside.css';
import { useState } from 'react';
import { columnDecimals, plain, shortHash } from '../../../shared/format.ts';
import type { Estimate } from '../../../shared/model/estimate.ts';
import type { RunDetail } from '../../../shared/model/run.ts';
import { api } from '../../api.ts';
import { TextArea } from '../../ui/field.tsx';
import { metricName } from '../../ui/metric-name.ts';
import { Estimated } from '../../ui/number.tsx';
import { splitLine } from './run-facts.ts';

/** Held-out estimates in the order a paper names them. */
const order = ['auc', 'average-precision', 'brier', 'log-loss', 'accuracy', 'r2', 'rmse', 'mae', 'spearman'];
const PARAMS = 14;

/** The facts of a run that stay in sight on every tab. */
export function RunAside({ run }: { run: RunDetail }) {
  const part = Object.keys(run.estimates).some((key) => key.startsWith('test/')) ? 'test' : 'oof';
  const estimates = order.flatMap((key): [string, Estimate][] => {
    const estimate = run.estimates[`${part}/${key}`];
    return estimate ? [[key, estimate]] : [];
  });
  // Errors in the unit of the target have no scale in common with what lies between 0 and 1.
  const decimals = run.task === 'regression' ? undefined : columnDecimals(estimates.map(([, estimate]) => estimate));
  const params = Object.entries(run.params);
  return (
    <aside className="run-aside" aria-label="Facts of the run">
      {estimates.length > 0 && (
        <section>
          <h3>{part === 'test' ? 'Test' : 'Out of fold'}</h3>
          <dl className="facts">
            {estimates.map(([key, estimate]) => (
              <Fact key={key} name={metricName(key).name}>
                <Estimated of={estimate} {...(decimals === undefined ? {} : { decimals })} />
              </Fact>
            ))}
          </dl>
        </section>
      )}
      {params.length > 0 && (
        <section>
          <h3>Params</h3>
          <dl className="facts">
            {params.slice(0, PARAMS).map(([name, value]) => (
              <Fact key={name} name={name}>
                {typeof value === 'number' ? plain(value) : String(value)}
              </Fact>
            ))}
            {run.seed !== null && run.params.seed === undefined && <Fact name="seed">{run.seed}</Fact>}
          </dl>
          {params.length > PARAMS && (
            <p className="t3 small">{params.length - PARAMS} more under Code and environment.</p>
          )}
        </section>
      )}
      {run.dataset && (
        <section>
          <h3>Data</h3>
          <dl className="facts">
            {run.target !== null && <Fact name="Target">{run.target}</Fact>}
            <Fact name="Features">{run.features.length}</Fact>
            {run.split && <Fact name="Split">{splitLine(run.split)}</Fact>}
            <Fact name="Content">
              <code>{shortHash(run.dataset.hash)}</code>
            </Fact>
          </dl>
        </section>
      )}
      <section>
        <h3>Code and environment</h3>
        <dl className="facts">
          {run.recipe && <Fact name="Recipe">{run.recipe}</Fact>}
          {run.environment && <Fact name="Wardbook">{run.environment.appVersion}</Fact>}
          {run.environment?.commit && (
            <Fact name="Commit">
              <code>{run.environment.commit.slice(0, 7)}</code>
              {run.environment.dirty && ' + changes'}
            </Fact>
          )}
        </dl>
      </section>
      <Note key={run.id} run={run} />
    </aside>
  );
}

function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}

function Note({ run }: { run: RunDetail }) {
  const [problem, setProblem] = useState('');
  async function save(note: string) {
    if (note === run.note) return;
    try {
      await api.call('runs.note', { id: run.id, note });
      setProblem('');
    } catch (error) {
      setProblem((error as Error).message);
    }
  }
  return (
    <section>
      <h3>Note</h3>
      <TextArea
        aria-label="Note"
        rows={4}
        placeholder="Stays on this machine"
        maxLength={10_000}
        defaultValue={run.note}
        onBlur={(event) => void save(event.currentTarget.value)}
      />
      {problem && <p className="small bad">{problem}</p>}
    </section>
  );
}
