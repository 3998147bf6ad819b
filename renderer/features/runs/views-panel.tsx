import { useState } from 'react';
import { api } from '../../api.ts';
import { useCall } from '../../query.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Popover } from '../../ui/dialog.tsx';
import { TextInput } from '../../ui/field.tsx';
import { ErrorNotice } from '../../ui/screen.tsx';
import { readView, type View } from './view.ts';

/** Saved views: filter, tab, grouping, sorting and columns under one name. */
export function ViewsPanel({ view, onView }: { view: View; onView: (view: View) => void }) {
  const [open, setOpen] = useState(false);
  const [name, setName] = useState('');
  const [error, setError] = useState<Error | null>(null);
  const views = useCall('views.list', {});

  async function attempt(work: Promise<unknown>) {
    try {
      await work;
      setError(null);
      setName('');
    } catch (problem) {
      setError(problem as Error);
    }
  }

  return (
    <Popover label="Views" title="Saved views" open={open} onOpenChange={setOpen}>
      <div className="views-panel">
        <ul>
          {views.data?.map((saved) => (
            <li key={saved.name}>
              <button
                type="button"
                onClick={() => {
                  onView(readView(saved.state));
                  setOpen(false);
                }}
              >
                {saved.name}
              </button>
              <IconButton
                icon="cross"
                label={`Forget the view ${saved.name}`}
                onClick={() => attempt(api.call('views.delete', { name: saved.name }))}
              />
            </li>
          ))}
          {views.data?.length === 0 && (
            <li className="t3">Keep this filter, grouping and these columns under a name.</li>
          )}
        </ul>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (name.trim() !== '')
              void attempt(api.call('views.save', { name: name.trim(), state: JSON.stringify(view) }));
          }}
        >
          <TextInput
            aria-label="Name of the view"
            placeholder="Name"
            maxLength={80}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
          <Button type="submit" disabled={name.trim() === ''}>
            Save
          </Button>
        </form>
        {error && <ErrorNotice error={error} />}
      </div>
    </Popover>
  );
}
