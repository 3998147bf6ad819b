import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { AppError } from '../../../shared/errors.ts';
import { type Stage, stage as stages } from '../../../shared/model/registration.ts';
import type { ModelVersion, RegisteredModel } from '../../../shared/model/registry.ts';
import { api } from '../../api.ts';
import { useCall } from '../../query.ts';
import { Button } from '../../ui/button.tsx';
import { Segmented } from '../../ui/choice.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { FormRow, TextArea } from '../../ui/field.tsx';
import { ErrorNotice, Notice } from '../../ui/screen.tsx';
import { offerUndo } from '../../ui/undo.tsx';
import { ApprovalWords } from './approval-words.tsx';

type Props = {
  model: RegisteredModel;
  version: ModelVersion;
  /** Null: still to be chosen. */
  stage: Stage | null;
  onClose: () => void;
  onProblem: (error: Error | null) => void;
};

const verbs: Record<Stage, string> = {
  draft: 'Make a draft',
  candidate: 'Make a candidate',
  approved: 'Approve',
  retired: 'Retire',
};

/** A move between stages with its reason; an approval says first what stands in its way and what it replaces. */
export function MoveDialog({ model, version, stage, onClose, onProblem }: Props) {
  const [wanted, setWanted] = useState<Stage | null>(stage);
  const [reason, setReason] = useState('');
  const { name } = model;
  const number = version.version;
  const approval = useCall('models.approval', { name, version: number });
  const replaced = wanted === 'approved' ? model.versions.find((one) => one.stage === 'approved') : undefined;
  const blocked = wanted === 'approved' && (approval.data?.blockers.length ?? 1) > 0;
  const move = useMutation<{ retired: number[] }, AppError>({
    mutationFn: () => api.call('models.stage', { name, version: number, stage: wanted!, reason }),
    onSuccess: ({ retired }) => {
      onProblem(null);
      onClose();
      const also = retired.map((one) => `; v${one} is retired`).join('');
      offerUndo(`v${number} is ${wanted} now${also}.`, () => takeBack(retired));
    },
  });
  const ready = wanted !== null && !blocked && reason.trim() !== '' && !move.isPending;

  async function takeBack(retired: readonly number[]) {
    const back = (one: number, to: Stage) =>
      api.call('models.stage', { name, version: one, stage: to, reason: 'Taken back.' });
    try {
      await back(number, version.stage);
      for (const one of retired) await back(one, 'approved');
    } catch (error) {
      onProblem(error as Error);
    }
  }

  return (
    <Dialog
      open
      onClose={onClose}
      title={`Move ${name} v${number}`}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" disabled={!ready} onClick={() => move.mutate()}>
            {wanted === null ? 'Move' : verbs[wanted]}
          </Button>
        </>
      }
    >
      <FormRow label="Stage" help={`It is ${version.stage} now.`}>
        {() => (
          <Segmented
            label="New stage"
            value={wanted}
            options={stages.options.map((value) => ({ value, label: value, disabled: value === version.stage }))}
            onChange={setWanted}
          />
        )}
      </FormRow>
      {wanted === 'approved' && approval.data && <ApprovalWords check={approval.data} />}
      {replaced && !blocked && (
        <Notice tone="info">
          v{replaced.version} is approved now. It is retired: a model has one approved version.
        </Notice>
      )}
      <FormRow
        label="Reason"
        help="Kept with the version and in the audit log, where nobody can change it: name no patient."
      >
        {({ id, describedBy }) => (
          <TextArea
            id={id}
            aria-describedby={describedBy}
            rows={3}
            maxLength={500}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
            onKeyDown={(event) => (event.ctrlKey || event.metaKey) && event.key === 'Enter' && ready && move.mutate()}
          />
        )}
      </FormRow>
      {move.error && <ErrorNotice error={move.error} />}
    </Dialog>
  );
}
