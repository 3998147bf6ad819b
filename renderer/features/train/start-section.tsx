import { useMutation } from '@tanstack/react-query';
import type { AddedModel, TrainEstimate } from '../../../shared/contract/training.ts';
import type { AppError } from '../../../shared/errors.ts';
import { when } from '../../../shared/format.ts';
import type { RunSummary } from '../../../shared/model/run.ts';
import { api } from '../../api.ts';
import { useCall } from '../../query.ts';
import { Button } from '../../ui/button.tsx';
import { heldOut, mainMetric, metricName } from '../../ui/metric-name.ts';
import { ErrorNotice } from '../../ui/screen.tsx';
import { Select } from '../../ui/select.tsx';
import type { TrainForm } from './form-state.ts';
import { FormLine } from './row.tsx';
import { WhatLearns } from './start-facts.tsx';

const MOST = 200;

type Props = { form: TrainForm; estimate: TrainEstimate | undefined; onChange: (change: Partial<TrainForm>) => void };

/** Where a run of `fine-tune` begins: the network of which run or model folder, and what of it learns. */
export function StartSection({ form, estimate, onChange }: Props) {
  const runs = useCall('runs.list', {
    study: null,
    filter: 'recipe in ("cnn", "fine-tune") and status = "finished"',
    sort: null,
    limit: MOST,
    cursor: null,
    bin: false,
  });
  const add = useMutation<AddedModel | null, AppError>({
    mutationFn: () => api.call('training.addModel', {}),
    onSuccess: (model) => model && onChange({ from: { kind: 'model', hash: model.hash } }),
  });
  // The model of another run on other data is kept by that run.
  const starts = (runs.data?.runs ?? []).filter(({ origin }) => origin?.kind !== 'evaluate');
  const options = starts.map((run) => ({ value: run.id, label: run.name, detail: detailOf(run) }));
  if (add.data) options.unshift({ value: add.data.hash, label: add.data.name, detail: 'model folder' });
  const chosen = form.from && (form.from.kind === 'run' ? form.from.run : form.from.hash);
  return (
    <div className="train-start">
      {runs.error && <ErrorNotice error={runs.error} onRetry={() => void runs.refetch()} />}
      <FormLine label="Start" hint={hintOf(runs.data && starts.length === 0, form.from)}>
        {(id) => (
          <div className="start-choice">
            <Select
              id={id}
              value={chosen}
              placeholder="the run to go on from"
              disabled={options.length === 0}
              options={options}
              onChange={(value) =>
                onChange({
                  from: value === add.data?.hash ? { kind: 'model', hash: value } : { kind: 'run', run: value },
                })
              }
            />
            <Button icon="folder" disabled={add.isPending} onClick={() => add.mutate()}>
              Model folder
            </Button>
          </div>
        )}
      </FormLine>
      {add.error && <ErrorNotice error={add.error} />}
      {chosen !== null && estimate?.start && <WhatLearns start={estimate.start} depth={form.params.depth} />}
    </div>
  );
}

function hintOf(none: boolean | undefined, from: TrainForm['from']): string | undefined {
  if (from?.kind === 'model') return 'The vault keeps a copy of the folder, under the hash of its content.';
  if (from !== null) return undefined;
  if (none)
    return 'No run has trained a network yet. Train one with cnn first, or choose a TensorFlow.js layers model.';
  return 'Its network is the beginning; that run becomes the parent of this one.';
}

/** `AUC 0.968, 14:02`. */
function detailOf(run: RunSummary): string {
  const key = mainMetric(run.task);
  const value = heldOut(run.estimates, key)?.value;
  const time = when(run.startedAt ?? run.createdAt, Date.now());
  return value == null ? time : `${metricName(key).name} ${value.toFixed(3)}, ${time}`;
}
