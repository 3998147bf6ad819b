import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useLocation } from 'wouter';
import type { AppError } from '../../../shared/errors.ts';
import { api } from '../../api.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { FormRow, TextInput } from '../../ui/field.tsx';
import { to } from '../../ui/navigation.ts';
import { ErrorNotice } from '../../ui/screen.tsx';
import { offerUndo } from '../../ui/undo.tsx';

type Props = { name: string; version: number | null; onClose: () => void; onProblem: (error: Error | null) => void };

/** Another name for a model; its versions, their history and their runs go with it. */
export function RenameDialog({ name, version, onClose, onProblem }: Props) {
  const [, navigate] = useLocation();
  const [text, setText] = useState(name);
  const next = text.trim();
  const show = (model: string) => navigate(to.model(model, version ?? undefined), { replace: true });
  const rename = useMutation<null, AppError>({
    mutationFn: () => api.call('models.rename', { name, to: next }),
    onSuccess() {
      onClose();
      show(next);
      offerUndo(`Renamed to ${next}.`, () =>
        api.call('models.rename', { name: next, to: name }).then(() => show(name), onProblem),
      );
    },
  });
  const ready = next !== '' && next !== name && !rename.isPending;
  return (
    <Dialog
      open
      onClose={onClose}
      title="Rename model"
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" disabled={!ready} onClick={() => rename.mutate()}>
            Rename
          </Button>
        </>
      }
    >
      <FormRow label="Name" help="Scripts that load the model by its old name no longer find it.">
        {({ id, describedBy }) => (
          <TextInput
            id={id}
            aria-describedby={describedBy}
            value={text}
            maxLength={200}
            onChange={(event) => setText(event.target.value)}
            onKeyDown={(event) => event.key === 'Enter' && ready && rename.mutate()}
          />
        )}
      </FormRow>
      {rename.error && <ErrorNotice error={rename.error} />}
    </Dialog>
  );
}
