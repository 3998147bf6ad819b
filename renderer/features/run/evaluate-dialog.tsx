import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useLocation } from 'wouter';
import type { EvaluateWish } from '../../../shared/contract/training.ts';
import type { AppError } from '../../../shared/errors.ts';
import { plural } from '../../../shared/format.ts';
import type { DatasetSummary } from '../../../shared/model/dataset.ts';
import type { RunDetail } from '../../../shared/model/run.ts';
import { api } from '../../api.ts';
import { useCall } from '../../query.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { FormRow } from '../../ui/field.tsx';
import { to } from '../../ui/navigation.ts';
import { ErrorNotice } from '../../ui/screen.tsx';
import { Select } from '../../ui/select.tsx';
import { DatasetFitWords } from './dataset-fit.tsx';

type Props = { run: RunDetail; open: boolean; onClose: () => void };
type Choice = { name: string; version: number };

/** External validation: which other data, how it fits the model, and start. */
export function EvaluateDialog({ run, open, onClose }: Props) {
  const [, navigate] = useLocation();
  const datasets = useCall('datasets.list', {}, { enabled: open });
  const others = choices(datasets.data ?? [], run);
  const [chosen, setChosen] = useState<string | null>(null);
  const choice = others.find(({ value }) => value === chosen)?.of ?? null;
  const wish: EvaluateWish | null = choice && { run: run.id, dataset: choice };
  const fit = useCall('training.checkEvaluate', wish as EvaluateWish, { enabled: open && wish !== null });
  const start = useMutation<{ id: string }, AppError, EvaluateWish>({
    mutationFn: (asked) => api.call('training.evaluate', asked),
    onSuccess: ({ id }) => {
      onClose();
      navigate(to.run(id));
    },
  });
  const ready = wish !== null && fit.data !== undefined && fit.data.refused.length === 0 && !start.isPending;
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title="Evaluate on other data"
      actions={
        <>
          <Button variant="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button variant="primary" icon="train" disabled={!ready} onClick={() => wish && start.mutate(wish)}>
            Evaluate
          </Button>
        </>
      }
    >
      <p className="t2">
        The model of {run.name} and its fitted preprocessing, as they are, on another dataset or version. Nothing is
        trained.
      </p>
      <FormRow
        label="Dataset"
        help={
          others.length === 0 && datasets.data
            ? 'There is no other dataset or version yet. Import one first.'
            : undefined
        }
      >
        {({ id }) => (
          <Select
            id={id}
            value={chosen}
            placeholder="the data to test on"
            disabled={others.length === 0}
            options={others.map(({ value, label, detail }) => ({ value, label, detail }))}
            onChange={setChosen}
          />
        )}
      </FormRow>
      <div className="evaluate-fit" aria-live="polite">
        {fit.data && wish && <DatasetFitWords fit={fit.data} />}
        {(fit.error ?? start.error) && <ErrorNotice error={(fit.error ?? start.error)!} />}
      </div>
    </Dialog>
  );
}

/** Every version of every dataset but the one that the run was trained on, newest first within a dataset. */
function choices(
  datasets: readonly DatasetSummary[],
  run: RunDetail,
): { value: string; label: string; detail: string; of: Choice }[] {
  return datasets.flatMap(({ name, versions }) =>
    [...versions]
      .sort((a, b) => b.version - a.version)
      .filter(({ version }) => !(name === run.dataset?.name && version === run.dataset.version))
      .map(({ version, rows, subjects }) => ({
        value: `${name} ${version}`,
        label: name,
        detail: `v${version}, ${subjects === null ? plural(rows, 'row') : plural(subjects, 'subject')}`,
        of: { name, version },
      })),
  );
}
