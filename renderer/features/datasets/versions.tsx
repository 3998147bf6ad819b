import { useState } from 'react';
import { count, plural, shortHash, whenLong } from '../../../shared/format.ts';
import type { DatasetDiff, DatasetSummary } from '../../../shared/model/dataset.ts';
import { useCall } from '../../query.ts';
import { typeWords } from '../../ui/column-words.ts';
import { Missing } from '../../ui/number.tsx';
import { ErrorNotice } from '../../ui/screen.tsx';
import { Select } from '../../ui/select.tsx';

type Props = { name: string; versions: DatasetSummary['versions']; shown: number; onShow: (version: number) => void };

/** The states this dataset has been in, and what changed between two of them, in counts. */
export function Versions({ name, versions, shown, onShow }: Props) {
  const sorted = [...versions].sort((a, b) => b.version - a.version);
  return (
    <section aria-label="Versions">
      <header>
        <h2>Versions</h2>
      </header>
      <table className="plain" aria-label="Versions">
        <thead>
          <tr>
            <th>Version</th>
            <th className="right">Rows</th>
            <th className="right">Subjects</th>
            <th className="right">Columns</th>
            <th>Content</th>
            <th className="right">Imported</th>
          </tr>
        </thead>
        <tbody>
          {sorted.map((version) => (
            <tr key={version.version} aria-current={version.version === shown || undefined}>
              <td>
                {version.version === shown ? (
                  <span className="strong">v{version.version}</span>
                ) : (
                  <button type="button" className="link" onClick={() => onShow(version.version)}>
                    v{version.version}
                  </button>
                )}
              </td>
              <td className="right">{count(version.rows)}</td>
              <td className="right">{version.subjects === null ? <Missing /> : count(version.subjects)}</td>
              <td className="right">{count(version.columns)}</td>
              <td>
                <code className="t2">{shortHash(version.hash)}</code>
              </td>
              <td className="right t2">{whenLong(version.createdAt, Date.now())}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {sorted.length > 1 && (
        <Difference key={shown} name={name} versions={sorted.map((item) => item.version)} shown={shown} />
      )}
    </section>
  );
}

function Difference({ name, versions, shown }: { name: string; versions: number[]; shown: number }) {
  const others = versions.filter((version) => version !== shown);
  const [other, setOther] = useState(() => others.find((version) => version < shown) ?? others[0]!);
  const [from, until] = other < shown ? [other, shown] : [shown, other];
  const diff = useCall('datasets.diff', { from: { name, version: from }, to: { name, version: until } });
  return (
    <div>
      <div className="versions-pick">
        <h3>What changed</h3>
        <span className="t2">between v{shown} and</span>
        <Select
          quiet
          label="Compare with version"
          value={String(other)}
          options={others.map((version) => ({ value: String(version), label: `v${version}` }))}
          onChange={(next) => setOther(Number(next))}
        />
      </div>
      {diff.error && <ErrorNotice error={diff.error} />}
      {diff.data && <Counts diff={diff.data} />}
    </div>
  );
}

function Counts({ diff }: { diff: DatasetDiff }) {
  const { rows, subjects, columns } = diff;
  const same = columns.added.length + columns.removed.length + columns.changed.length === 0;
  return (
    <>
      <div className="diff-facts">
        <span>
          Rows: {count(rows.added)} added, {count(rows.removed)} removed
          {rows.changed !== null && `, ${count(rows.changed)} changed`}, {count(rows.unchanged)} unchanged
        </span>
        {subjects && (
          <span>
            Subjects: {count(subjects.added)} added, {count(subjects.removed)} removed, {count(subjects.kept)} kept
          </span>
        )}
        {same && <span>Columns: the same</span>}
        {columns.added.length > 0 && <span>Columns added: {columns.added.join(', ')}</span>}
        {columns.removed.length > 0 && <span>Columns removed: {columns.removed.join(', ')}</span>}
      </div>
      {columns.changed.length > 0 && (
        <table className="plain" aria-label="Changed columns">
          <thead>
            <tr>
              <th>Column</th>
              <th className="right">Cells changed</th>
              <th>Type</th>
            </tr>
          </thead>
          <tbody>
            {columns.changed.map((column) => (
              <tr key={column.name}>
                <td>
                  <code>{column.name}</code>
                </td>
                <td className="right">{column.cells === null ? <Missing /> : plural(column.cells, 'cell')}</td>
                <td className="t2">
                  {column.typeFrom === column.typeTo
                    ? typeWords[column.typeTo]
                    : `${typeWords[column.typeFrom]} → ${typeWords[column.typeTo]}`}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}
