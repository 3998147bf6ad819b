import { useMutation } from '@tanstack/react-query';
import type { AddedEngine, ListedEngine } from '../../../shared/contract/training.ts';
import type { AppError } from '../../../shared/errors.ts';
import { mebibytes, plural, when } from '../../../shared/format.ts';
import { api } from '../../api.ts';
import { queryClient, useCall } from '../../query.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { ErrorNotice, Notice } from '../../ui/screen.tsx';
import { offerUndo } from '../../ui/undo.tsx';
import { Section } from './parts.tsx';

const refresh = () => queryClient.invalidateQueries({ queryKey: ['training.engines'] });

/** What computes on this machine; native engines are added from a folder and can be removed again. */
export function Engines() {
  const engines = useCall('training.engines', {});
  const add = useMutation<AddedEngine | null, AppError>({
    mutationFn: () => api.call('training.addEngine', {}),
    onSettled: refresh,
  });
  const remove = useMutation<unknown, AppError, ListedEngine>({
    mutationFn: ({ id }) => api.call('training.removeEngine', { id }),
    onSuccess: (_, { id }) =>
      offerUndo(`Removed ${id}.`, async () => {
        await restore.mutateAsync(id).catch(() => undefined);
      }),
    onSettled: refresh,
  });
  const restore = useMutation<unknown, AppError, ListedEngine['id']>({
    mutationFn: (id) => api.call('training.restoreEngine', { id }),
    onSettled: refresh,
  });
  const error = engines.error ?? add.error ?? remove.error ?? restore.error;
  return (
    <Section title="Engines" about="What computes. Each run records which one it used, and on what device.">
      <table className="plain engine-list" aria-label="Engines">
        <tbody>
          {(engines.data ?? []).map((engine) => (
            <EngineRow key={engine.id} engine={engine} busy={remove.isPending} onRemove={() => remove.mutate(engine)} />
          ))}
        </tbody>
      </table>
      {error && <ErrorNotice error={error} />}
      {add.data && (
        <Notice tone="ok">
          Added {add.data.id}: TensorFlow {add.data.tensorflow}, {plural(add.data.kernels, 'kernel')} agree with plain
          JavaScript.
        </Notice>
      )}
      <div className="engine-add">
        <Button icon="plus" disabled={add.isPending} onClick={() => add.mutate()}>
          {add.isPending ? 'Checking it' : 'Add engine folder'}
        </Button>
        <p className="t3 small">
          {add.isPending
            ? 'Its files are hashed and copied, and its kernels are compared with plain JavaScript.'
            : 'A folder made by npm run engine:tensorflow. Nothing is downloaded.'}
        </p>
      </div>
    </Section>
  );
}

function EngineRow({ engine, busy, onRemove }: { engine: ListedEngine; busy: boolean; onRemove: () => void }) {
  const { id, available, device, reason, added } = engine;
  return (
    <tr>
      <th scope="row" className={available ? 'strong' : 't3'}>
        {id}
      </th>
      <td>
        {available ? (
          <>
            <span className="engine-device">
              <Icon name="check" small />
              {device}
              <span className="t2">{memoryWords(engine)}</span>
            </span>
            <span className="t3 small">{reason}</span>
          </>
        ) : (
          <span className="t3">{reason}</span>
        )}
        {added && (
          <span className="t3 small">
            {`${mebibytes(added.mib)}, added ${when(Date.parse(added.addedAt), Date.now())}`}
          </span>
        )}
      </td>
      <td className="right">
        {added && (
          <Button variant="quiet" disabled={busy} onClick={onRemove} aria-label={`Remove ${id}`}>
            Remove
          </Button>
        )}
      </td>
    </tr>
  );
}

function memoryWords({ memoryMiB, freeMemoryMiB }: ListedEngine): string {
  if (memoryMiB === null) return '';
  if (freeMemoryMiB === null) return mebibytes(memoryMiB);
  return `${mebibytes(freeMemoryMiB)} of ${mebibytes(memoryMiB)} free`;
}
