import { useMutation } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { useLocation } from 'wouter';
import type { AppError } from '../../../shared/errors.ts';
import type { RunDetail } from '../../../shared/model/run.ts';
import { api } from '../../api.ts';
import { useCall } from '../../query.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { FormRow, TextArea, TextInput } from '../../ui/field.tsx';
import { to } from '../../ui/navigation.ts';
import { ErrorNotice } from '../../ui/screen.tsx';

/** The run's model becomes a version of a model of the registry: a new one, or the next of one that is there. */
export function RegisterDialog({ run, onClose }: { run: RunDetail; onClose: () => void }) {
  const [, navigate] = useLocation();
  const models = useCall('models.list', {});
  const listId = useId();
  const [name, setName] = useState(run.registered[0]?.model ?? run.study);
  const [description, setDescription] = useState('');
  const known = models.data?.find((model) => model.name === name.trim());
  const next = (known?.newest?.version ?? 0) + 1;
  const register = useMutation<{ name: string; version: number }, AppError>({
    mutationFn: () => api.call('models.register', { run: run.id, name, description }),
    onSuccess: (made) => {
      onClose();
      navigate(to.model(made.name, made.version));
    },
  });
  const ready = name.trim() !== '' && !register.isPending;
  return (
    <Dialog
      open
      onClose={onClose}
      title="Register model"
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" icon="model" disabled={!ready} onClick={() => register.mutate()}>
            Register
          </Button>
        </>
      }
    >
      <p className="t2">The model of {run.name} becomes a version of the registry, a draft at first.</p>
      <FormRow
        label="Model"
        help={known ? `Becomes v${next} of this model, or a later number.` : 'Becomes v1 of a new model of this name.'}
      >
        {({ id, describedBy }) => (
          <>
            <TextInput
              id={id}
              aria-describedby={describedBy}
              list={listId}
              maxLength={250}
              value={name}
              onChange={(event) => setName(event.target.value)}
              onKeyDown={(event) => event.key === 'Enter' && ready && register.mutate()}
            />
            <datalist id={listId}>
              {models.data?.map((model) => (
                <option key={model.name} value={model.name} />
              ))}
            </datalist>
          </>
        )}
      </FormRow>
      <FormRow label="Description" help="What is particular about this version. It stays on this machine.">
        {({ id, describedBy }) => (
          <TextArea
            id={id}
            aria-describedby={describedBy}
            rows={3}
            maxLength={4000}
            value={description}
            onChange={(event) => setDescription(event.target.value)}
          />
        )}
      </FormRow>
      {register.error && <ErrorNotice error={register.error} />}
    </Dialog>
  );
}
