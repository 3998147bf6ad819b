import { useMutation } from '@tanstack/react-query';
import type { AppError } from '../../../shared/errors.ts';
import { count, percent } from '../../../shared/format.ts';
import { type ColumnProfile, type ColumnRole, columnRole, type DatasetVersion } from '../../../shared/model/dataset.ts';
import { api } from '../../api.ts';
import { roleWords, typeWords } from '../../ui/column-words.ts';
import { DistributionMark, distributionWords } from '../../ui/distribution.tsx';
import { ErrorNotice } from '../../ui/screen.tsx';
import { Select } from '../../ui/select.tsx';
import { offerUndo } from '../../ui/undo.tsx';

/** The subject and the site decide who is one person: they are declared at import and not changed afterwards. */
const fixed: readonly ColumnRole[] = ['subject', 'site'];
const choices = columnRole.options
  .filter((role) => !fixed.includes(role))
  .map((role) => ({ value: role, label: roleWords[role] }));

export function ColumnsTable({ version }: { version: DatasetVersion }) {
  const setRole = useMutation<null, AppError, { column: ColumnProfile; role: ColumnRole }>({
    mutationFn: ({ column, role }) =>
      api.call('datasets.setRole', { name: version.name, version: version.version, column: column.name, role }),
    onSuccess: (_, { column, role }) =>
      offerUndo(`${column.name} is now ${roleWords[role]}.`, async () => {
        await api.call('datasets.setRole', {
          name: version.name,
          version: version.version,
          column: column.name,
          role: column.role,
        });
      }),
  });
  return (
    <>
      {setRole.error && <ErrorNotice error={setRole.error} />}
      <table className="plain columns" aria-label="Columns">
        <thead>
          <tr>
            <th className="c-name">Column</th>
            <th className="c-role">Role</th>
            <th className="c-type">Type</th>
            <th className="c-missing right">Missing</th>
            <th className="c-distinct right">Distinct</th>
            <th className="c-dist">Distribution</th>
            <th className="c-middle right">
              <span className="visually-hidden">In words</span>
            </th>
            <th>Remark</th>
          </tr>
        </thead>
        <tbody>
          {version.columns.map((column) => (
            <tr key={column.name}>
              <td>
                <code title={column.name}>{column.name}</code>
              </td>
              <td>
                {fixed.includes(column.role) ? (
                  <span className="strong">{roleWords[column.role]}</span>
                ) : (
                  <Select
                    quiet
                    label={`Role of ${column.name}`}
                    value={column.role}
                    options={choices}
                    onChange={(role) => role !== column.role && setRole.mutate({ column, role })}
                  />
                )}
              </td>
              <td className="t2">{typeWords[column.type]}</td>
              <td className="right">
                {column.missing === 0 ? '0' : percent(column.missing / Math.max(1, version.rows), 1)}
              </td>
              <td className="right">{count(column.distinct)}</td>
              <td>
                <DistributionMark of={column.distribution} />
              </td>
              <td className="right t3 small">{distributionWords(column)}</td>
              <td className="remark" title={column.remark ?? undefined}>
                {column.remark}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
