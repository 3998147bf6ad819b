import './columns-panel.css';
import { useState } from 'react';
import { IconButton } from '../../ui/button.tsx';
import { LabelledCheckbox } from '../../ui/choice.tsx';
import { Popover } from '../../ui/dialog.tsx';
import { TextInput } from '../../ui/field.tsx';
import { columnName, type RunColumn } from './columns.tsx';
import { defaultColumns, type View } from './view.ts';

type Props = {
  all: ReadonlyMap<string, RunColumn>;
  columns: View['columns'];
  onColumns: (columns: View['columns']) => void;
};

/** Which columns are shown, and in which order. The name always is. */
export function ColumnsPanel({ all, columns, onColumns }: Props) {
  const [search, setSearch] = useState('');
  const shown = columns.filter(({ id }) => all.has(id));
  const visible = new Set(shown.map(({ id }) => id));
  const hidden = [...all.values()].filter(
    (column) => !visible.has(column.id) && columnName(column).toLowerCase().includes(search.toLowerCase()),
  );

  function move(at: number, by: 1 | -1) {
    const next = [...shown];
    const [moved] = next.splice(at, 1);
    next.splice(at + by, 0, moved!);
    onColumns(next);
  }

  return (
    <Popover
      icon="columns"
      title="Columns"
      label={
        <>
          Columns <span className="t3">{`${shown.length} of ${all.size}`}</span>
        </>
      }
    >
      <div className="columns-panel">
        <ul>
          {shown.map(({ id }, at) => (
            <li key={id}>
              <LabelledCheckbox
                checked
                disabled={id === 'name'}
                onChange={() => onColumns(shown.filter((column) => column.id !== id))}
              >
                {columnName(all.get(id)!)}
              </LabelledCheckbox>
              <span className="grow" />
              <IconButton
                icon="ascending"
                label={`Move ${columnName(all.get(id)!)} left`}
                disabled={at <= 1}
                onClick={() => move(at, -1)}
              />
              <IconButton
                icon="descending"
                label={`Move ${columnName(all.get(id)!)} right`}
                disabled={at === 0 || at === shown.length - 1}
                onClick={() => move(at, 1)}
              />
            </li>
          ))}
        </ul>
        <TextInput
          placeholder="Add a param, metric or tag"
          aria-label="Find a column"
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
        <ul className="columns-hidden">
          {hidden.slice(0, 100).map((column) => (
            <li key={column.id}>
              <LabelledCheckbox
                checked={false}
                onChange={() => onColumns([...shown, { id: column.id, width: column.width }])}
              >
                {columnName(column)}
              </LabelledCheckbox>
            </li>
          ))}
          {hidden.length === 0 && <li className="t3">No other column has this name.</li>}
        </ul>
        <button type="button" className="link" onClick={() => onColumns(defaultColumns)}>
          As at first
        </button>
      </div>
    </Popover>
  );
}
