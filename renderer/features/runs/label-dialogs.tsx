import { useState } from 'react';
import { plural } from '../../../shared/format.ts';
import type { RunSummary } from '../../../shared/model/run.ts';
import { api } from '../../api.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { FormRow, TextArea, TextInput } from '../../ui/field.tsx';
import { ErrorNotice } from '../../ui/screen.tsx';

type Props = { runs: string[]; onClose: () => void };

/** A label for all selected runs; an empty value takes the label away. */
export function TagDialog({ runs, onClose }: Props) {
  const [key, setKey] = useState('');
  const [value, setValue] = useState('');
  const [error, setError] = useState<Error | null>(null);

  async function save() {
    try {
      await api.call('runs.tag', { ids: runs, key: key.trim(), value: value.trim() === '' ? null : value.trim() });
      onClose();
    } catch (problem) {
      setError(problem as Error);
    }
  }

  return (
    <Dialog
      open
      onClose={onClose}
      title={`Tag ${plural(runs.length, 'run')}`}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" disabled={key.trim() === ''} onClick={save}>
            {value.trim() === '' ? 'Remove tag' : 'Tag'}
          </Button>
        </>
      }
    >
      <FormRow label="Key" help="For example site. Tags stay on this machine.">
        {({ id, describedBy }) => (
          <TextInput
            id={id}
            aria-describedby={describedBy}
            maxLength={250}
            value={key}
            onChange={(event) => setKey(event.target.value)}
          />
        )}
      </FormRow>
      <FormRow label="Value" help="Empty: the tag is removed.">
        {({ id, describedBy }) => (
          <TextInput
            id={id}
            aria-describedby={describedBy}
            maxLength={5000}
            value={value}
            onChange={(event) => setValue(event.target.value)}
            onKeyDown={(event) => event.key === 'Enter' && key.trim() !== '' && void save()}
          />
        )}
      </FormRow>
      {error && <ErrorNotice error={error} />}
    </Dialog>
  );
}

/** Free text on one run, or the same on several that have none. */
export function NoteDialog({ runs, loaded, onClose }: Props & { loaded: RunSummary[] }) {
  const only = runs.length === 1 ? loaded.find((run) => run.id === runs[0]) : undefined;
  const [note, setNote] = useState(only?.note ?? '');
  const [error, setError] = useState<Error | null>(null);

  async function save() {
    try {
      for (const id of runs) await api.call('runs.note', { id, note });
      onClose();
    } catch (problem) {
      setError(problem as Error);
    }
  }

  return (
    <Dialog
      open
      onClose={onClose}
      title={only ? `Note on ${only.name}` : `Note on ${plural(runs.length, 'run')}`}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" onClick={save}>
            Save note
          </Button>
        </>
      }
    >
      <TextArea
        aria-label="Note"
        rows={5}
        maxLength={10_000}
        value={note}
        onChange={(event) => setNote(event.target.value)}
      />
      <p className="small t3">
        Notes stay on this machine: no report holds them.
        {runs.length > 1 && ' A note that a run has already is replaced.'}
      </p>
      {error && <ErrorNotice error={error} />}
    </Dialog>
  );
}
