import { useState } from 'react';
import { when } from '../../../shared/format.ts';
import { useCall } from '../../query.ts';
import { Popover } from '../../ui/dialog.tsx';
import { TextInput } from '../../ui/field.tsx';

type Props = { ids: readonly string[]; disabled: boolean; onAdd: (id: string) => void };

/** Finds a finished run by a part of its name and adds it. */
export function AddRun({ ids, disabled, onAdd }: Props) {
  const [open, setOpen] = useState(false);
  const [text, setText] = useState('');
  const named = text.trim() === '' ? '' : `name ilike "%${text.trim().replaceAll('"', '""')}%"`;
  const page = useCall(
    'runs.list',
    { study: null, filter: named, sort: null, limit: 30, cursor: null, bin: false },
    { enabled: open, placeholderData: (previous) => previous },
  );
  const found = (page.data?.runs ?? []).filter((run) => !ids.includes(run.id)).slice(0, 8);
  if (disabled) return null;
  return (
    <Popover label="Add run" icon="plus" title="Add a run" open={open} onOpenChange={setOpen}>
      <TextInput
        aria-label="Name of the run"
        placeholder="part of its name"
        autoFocus
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <ul className="add-run">
        {found.map((run) => (
          <li key={run.id}>
            <button
              type="button"
              onClick={() => {
                setOpen(false);
                setText('');
                onAdd(run.id);
              }}
            >
              <span className="strong">{run.name}</span>
              <span className="t3">
                {run.recipe} {when(run.startedAt ?? run.createdAt, Date.now())}
              </span>
            </button>
          </li>
        ))}
        {page.data && found.length === 0 && <li className="t3">No other run has such a name.</li>}
      </ul>
    </Popover>
  );
}
