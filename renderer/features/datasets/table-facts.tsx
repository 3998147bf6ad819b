import type { ImportPreview } from '../../../shared/contract/datasets.ts';
import { bytes, count } from '../../../shared/format.ts';
import type { ColumnRole } from '../../../shared/model/dataset.ts';
import { roleWords } from '../../ui/column-words.ts';

const delimiterWords: Record<string, string> = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'bar' };

/** What a table looks like before its import. */
export function TableFacts({ preview }: { preview: ImportPreview }) {
  return (
    <>
      <p>
        {bytes(preview.bytes)}, {count(preview.columns.length)} columns, parted by{' '}
        {delimiterWords[preview.format.delimiter] ?? preview.format.delimiter}, {preview.format.encoding}, decimal{' '}
        {preview.format.decimal === ',' ? 'comma' : 'point'}.
      </p>
      <FirstRows preview={preview} />
    </>
  );
}

function FirstRows({ preview }: { preview: ImportPreview }) {
  const rows = Math.max(0, ...preview.columns.map((column) => column.sample.length));
  return (
    <div className="import-table">
      <table className="plain" aria-label="First rows of the file">
        <thead>
          <tr>
            {preview.columns.map((column) => (
              <th key={column.name}>
                <code>{column.name}</code> {roleWords[column.suggestedRole as ColumnRole] ?? column.suggestedRole}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {Array.from({ length: rows }, (_, row) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows of a preview have no identity
            <tr key={row}>
              {preview.columns.map((column) => (
                <td key={column.name}>{column.sample[row] ?? ''}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
