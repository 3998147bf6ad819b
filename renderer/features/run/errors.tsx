import './errors.css';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import type { WorstRows } from '../../../shared/contract/runs.ts';
import { count, plural } from '../../../shared/format.ts';
import type { RunDetail } from '../../../shared/model/run.ts';
import { api } from '../../api.ts';
import { useCall } from '../../query.ts';
import { Icon } from '../../ui/icon.tsx';
import { EmptyState, ErrorNotice, ProgressLine } from '../../ui/screen.tsx';
import { Select } from '../../ui/select.tsx';
import { ErrorsOfImages } from './errors-of-images.tsx';
import { ErrorsTable } from './errors-table.tsx';
import { classWords } from './run-facts.ts';

/** As many as main gives at once. */
const MOST = 200;
const PAGE = 50;
const EVERY = '';

/** The held-out rows that the model got most wrong, each with its record. Opening them is a look at the held-out part. */
export function ErrorsTab({ run }: { run: RunDetail }) {
  const worst = useCall('runs.worst', { id: run.id, limit: MOST }, { enabled: run.status === 'finished' });
  const { mutate: look } = useMutation({ mutationFn: () => api.call('runs.look', { id: run.id }) });
  const seen = worst.data !== undefined;
  useEffect(() => {
    if (seen) look();
  }, [seen, look]);
  if (run.status !== 'finished' || worst.error?.code === 'NO_PREDICTIONS') {
    return (
      <div className="run-content">
        <EmptyState>
          {run.status === 'running' || run.status === 'queued'
            ? 'The worst cases are known when the run has finished.'
            : 'This run has no held-out predictions: it did not come to its end, or its data are not in this vault.'}
        </EmptyState>
      </div>
    );
  }
  return (
    <div className="run-content">
      <ProgressLine busy={worst.isFetching} />
      {worst.error && <ErrorNotice error={worst.error} onRetry={() => void worst.refetch()} />}
      {worst.data && <Worst run={run} found={worst.data} />}
    </div>
  );
}

function Worst({ run, found }: { run: RunDetail; found: WorstRows }) {
  const [truth, setTruth] = useState(EVERY);
  const [shown, setShown] = useState(PAGE);
  const rows = useMemo(
    () => (truth === EVERY ? found.rows : found.rows.filter((row) => row.truth === truth)),
    [found, truth],
  );
  const { dataset } = run;
  const version = useCall(
    'datasets.show',
    { name: dataset?.name ?? '', version: dataset?.version ?? 1 },
    { enabled: dataset !== null },
  );
  const first = rows.slice(0, shown);
  return (
    <>
      <div className="run-tool errors-tool">
        <span className="t2">{partWords(found, rows.length)}</span>
        <span className="t3 small errors-local">
          <Icon name="lock" small />
          records of persons: on this machine only
        </span>
        <span className="grow" />
        {found.classes.length > 0 && (
          <div className="errors-truth">
            <Select
              quiet
              label="True class"
              value={truth}
              options={[
                { value: EVERY, label: 'Every true class' },
                ...found.classes.map((label) => ({
                  value: label,
                  label: classWords(label, run.target),
                  detail: count(found.rows.filter((row) => row.truth === label).length),
                })),
              ]}
              onChange={(next) => {
                setTruth(next);
                setShown(PAGE);
              }}
            />
          </div>
        )}
      </div>
      {rows.length === 0 && <EmptyState>None of the worst rows is of this class.</EmptyState>}
      {rows.length > 0 && version.data?.images && (
        <ErrorsOfImages found={found} rows={first} dataset={version.data} target={run.target} />
      )}
      {rows.length > 0 && version.data && !version.data.images && <ErrorsTable found={found} rows={first} />}
      {rows.length > shown && (
        <button type="button" className="link small errors-more" onClick={() => setShown(shown + PAGE)}>
          Show {count(Math.min(PAGE, rows.length - shown))} more
        </button>
      )}
    </>
  );
}

/** `The 50 worst of the test part`. */
function partWords({ part }: WorstRows, rows: number): string {
  return `The ${plural(rows, 'worst row')} ${part === 'oof' ? 'out of fold' : `of the ${part} part`}`;
}
