import { useState } from 'react';
import type { Comparison, Difference } from '../../../shared/contract/runs.ts';
import { plural } from '../../../shared/format.ts';
import { Missing } from '../../ui/number.tsx';
import { Letter } from '../../ui/run-colour.tsx';

type Props = { comparison: Comparison; slotOf: (id: string) => number };

const groups: { key: keyof Comparison['differs']; title: string }[] = [
  { key: 'params', title: 'Params' },
  { key: 'data', title: 'Data' },
  { key: 'code', title: 'Code' },
  { key: 'environment', title: 'Environment' },
  { key: 'hardware', title: 'Hardware' },
];

/** Only what differs; noise is hidden by rule and shown on request. */
export function WhatChanged({ comparison, slotOf }: Props) {
  const [all, setAll] = useState(false);
  const { differs, hidden, compared, runs } = comparison;
  const shown = groups.filter(({ key }) => differs[key].length > 0);
  const differing = groups.reduce((sum, { key }) => sum + differs[key].length, 0);
  return (
    <section className="changed" aria-label="What changed">
      <header>
        <h3>What changed</h3>
        <span className="t3 small">
          {differing} of {plural(compared, 'recorded value')} differ
          {hidden.length > 0 && `; ${hidden.length} hidden by rule (ids, times, load)`}
        </span>
        <span className="grow" />
        {hidden.length > 0 && (
          <button type="button" className="link small" aria-pressed={all} onClick={() => setAll(!all)}>
            {all ? 'Hide them again' : 'Show all'}
          </button>
        )}
      </header>
      {differing === 0 && !all ? (
        <p className="t2">Nothing that was recorded differs: these runs are replicates.</p>
      ) : (
        <div className="changed-scroll">
          <table className="plain" aria-label="What changed" style={{ minWidth: 180 + runs.length * 120 }}>
            <thead>
              <tr>
                <th>
                  <span className="visually-hidden">Recorded value</span>
                </th>
                {runs.map((run, index) => (
                  <th key={run.id} title={run.name}>
                    <Letter index={index} slot={slotOf(run.id)} />
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {shown.map(({ key, title }) => (
                <Group key={key} title={title} rows={differs[key]} columns={runs.length} />
              ))}
              {all && <Group title="Hidden by rule" rows={hidden} columns={runs.length} />}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

function Group({ title, rows, columns }: { title: string; rows: readonly Difference[]; columns: number }) {
  return (
    <>
      <tr className="group">
        <th colSpan={columns + 1}>{title}</th>
      </tr>
      {rows.map((row) => (
        <tr key={row.key}>
          <td className="t2">{row.key}</td>
          {row.values.map((value, index) => (
            <td
              // biome-ignore lint/suspicious/noArrayIndexKey: one cell per run, in the runs' order
              key={index}
              className={index === 0 ? undefined : value === row.values[0] ? 'same' : 'differs'}
              title={value ?? undefined}
            >
              {value ?? <Missing />}
            </td>
          ))}
        </tr>
      ))}
    </>
  );
}
