import type { TrainEstimate } from '../../../shared/contract/training.ts';
import { count, percent, when } from '../../../shared/format.ts';
import type { RunSummary } from '../../../shared/model/run.ts';
import { useCall } from '../../query.ts';
import { heldOut, mainMetric, metricName } from '../../ui/metric-name.ts';
import { ErrorNotice } from '../../ui/screen.tsx';
import { Select } from '../../ui/select.tsx';
import type { TrainForm } from './form-state.ts';
import { FormLine } from './row.tsx';

const MOST = 200;

type Props = { form: TrainForm; estimate: TrainEstimate | undefined; onChange: (change: Partial<TrainForm>) => void };

/** Where a run of `fine-tune` begins: which run's network, and what of it learns. */
export function StartSection({ form, estimate, onChange }: Props) {
  const runs = useCall('runs.list', {
    study: null,
    filter: 'recipe in ("cnn", "fine-tune") and status = "finished"',
    sort: null,
    limit: MOST,
    cursor: null,
    bin: false,
  });
  // The model of another run on other data is kept by that run.
  const starts = (runs.data?.runs ?? []).filter(({ origin }) => origin?.kind !== 'evaluate');
  const chosen = form.from?.kind === 'run' ? form.from.run : null;
  const start = chosen === null ? null : estimate?.start;
  return (
    <div className="train-start">
      {runs.error && <ErrorNotice error={runs.error} onRetry={() => void runs.refetch()} />}
      <FormLine label="Start" hint={hintOf(runs.data && starts.length === 0, chosen)}>
        {(id) => (
          <Select
            id={id}
            value={chosen}
            placeholder="the run to go on from"
            disabled={starts.length === 0}
            options={starts.map((run) => ({ value: run.id, label: run.name, detail: detailOf(run) }))}
            onChange={(run) => onChange({ from: { kind: 'run', run } })}
          />
        )}
      </FormLine>
      {start && (
        <dl className="facts start-facts" aria-live="polite">
          <dt>Learns</dt>
          <dd>
            {count(start.trainable)} of {count(start.weights)} weights
            <span className="t3 small"> {percent(start.trainable / start.weights)}</span>
          </dd>
          <dt>Frozen</dt>
          <dd className="wrap">{frozenWords(form.params.depth)}</dd>
          <dt>Head</dt>
          <dd className="wrap">
            {start.head === 'kept' ? 'its own: the classes are the same' : 'new, for these classes'}
          </dd>
          <dt>Images</dt>
          <dd className="wrap">
            {count(start.image.width)} × {count(start.image.height)},{' '}
            {start.image.channels === 1 ? 'grey' : 'in colour'}
          </dd>
        </dl>
      )}
    </div>
  );
}

function hintOf(none: boolean | undefined, chosen: string | null): string | undefined {
  if (none) return 'No run has trained a network yet. Train one with cnn first.';
  return chosen === null ? 'Its network is the beginning; that run becomes the parent of this one.' : undefined;
}

/** `AUC 0.968, 14:02`. */
function detailOf(run: RunSummary): string {
  const key = mainMetric(run.task);
  const value = heldOut(run.estimates, key)?.value;
  const time = when(run.startedAt ?? run.createdAt, Date.now());
  return value == null ? time : `${metricName(key).name} ${value.toFixed(3)}, ${time}`;
}

function frozenWords(depth: string | undefined): string {
  if (depth === 'all') return 'nothing';
  if (depth === 'head') return 'all but the head';
  return depth === 'last-block' ? 'all before the last block' : 'all before the last two blocks';
}
