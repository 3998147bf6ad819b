import './compare.css';
import { useEffect, useState } from 'react';
import { useLocation, useParams } from 'wouter';
import { plural } from '../../../shared/format.ts';
import { useCall } from '../../query.ts';
import { ButtonLink } from '../../ui/button.tsx';
import { useKeys } from '../../ui/keys.ts';
import { idsOf, to } from '../../ui/navigation.ts';
import { select, selected, useSelection } from '../../ui/run-colour.tsx';
import { EmptyState, ErrorNotice, Notice, ProgressLine, ScreenHeader } from '../../ui/screen.tsx';
import { AddRun } from './add-run.tsx';
import { Charts } from './charts.tsx';
import { ComparedTable } from './compared-table.tsx';
import { Reality } from './reality.tsx';
import { WhatChanged } from './what-changed.tsx';

/** More than these are cut off, with a word about it. */
const MOST = 50;

/** Two to fifty runs side by side: those of the address, or those selected in the runs table. */
export function CompareScreen() {
  const { ids: part } = useParams<{ ids?: string }>();
  const [, navigate] = useLocation();
  const [metric, setMetric] = useState<string | null>(null);
  const asked = part === undefined ? [...selected().keys()] : idsOf(part);
  const ids = asked.slice(0, MOST);
  const key = ids.join(',');
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the ids
  useEffect(() => select(ids), [key]);
  const slots = useSelection();
  const slotOf = (id: string) => slots.get(id) ?? ids.indexOf(id);
  const comparison = useCall(
    'runs.compare',
    { ids, metric },
    { enabled: ids.length > 0, placeholderData: (previous) => previous },
  );
  useKeys({ e: () => ids.length > 0 && navigate(to.export(ids)) });
  const show = (next: readonly string[]) => navigate(to.compare(next));
  const data = ids.length > 0 ? comparison.data : undefined;
  return (
    <>
      <ScreenHeader title="Compare" fact={data && plural(data.runs.length, 'run')}>
        <AddRun ids={ids} disabled={ids.length >= MOST} onAdd={(id) => show([...ids, id])} />
        {ids.length > 0 && (
          <ButtonLink variant="primary" icon="export" shortcut="e" to={to.export(ids)}>
            Export
          </ButtonLink>
        )}
      </ScreenHeader>
      <ProgressLine busy={comparison.isFetching} />
      {asked.length > MOST && (
        <div className="compare-left">
          <Notice>
            {plural(asked.length, 'run')} are selected; the first {MOST} are compared.
          </Notice>
        </div>
      )}
      {ids.length === 0 && (
        <EmptyState
          actions={
            <ButtonLink variant="primary" icon="runs" to={to.runs}>
              Runs
            </ButtonLink>
          }
        >
          No run is chosen. Select two or more in the list of runs with x, then press c; or add them here one by one.
        </EmptyState>
      )}
      {comparison.error && ids.length > 0 && (
        <div className="compare-left">
          <ErrorNotice error={comparison.error} onRetry={() => void comparison.refetch()} />
        </div>
      )}
      {data && (
        <div className="compare">
          <div className="compare-left">
            <h2 className="visually-hidden">Side by side</h2>
            <ComparedTable
              runs={data.runs}
              slotOf={slotOf}
              onRemove={(id) => show(ids.filter((item) => item !== id))}
            />
            <Charts runs={data.runs} slotOf={slotOf} />
            {data.runs.length > 1 && <WhatChanged comparison={data} slotOf={slotOf} />}
          </div>
          <Reality comparison={data} slotOf={slotOf} metric={metric} onMetric={setMetric} />
        </div>
      )}
    </>
  );
}
