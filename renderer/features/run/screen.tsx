import './screen.css';
import { useEffect, useState } from 'react';
import { useLocation, useParams } from 'wouter';
import type { RunDetail } from '../../../shared/model/run.ts';
import { useCall } from '../../query.ts';
import { ButtonLink } from '../../ui/button.tsx';
import { useKeys } from '../../ui/keys.ts';
import { to } from '../../ui/navigation.ts';
import { useSelection } from '../../ui/run-colour.tsx';
import { EmptyState, ErrorNotice, ProgressLine, ScreenHeader } from '../../ui/screen.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { ArtifactsTab } from './artifacts/artifacts.tsx';
import { RunAside } from './aside.tsx';
import { CodeTab } from './code.tsx';
import { CurvesTab } from './curves.tsx';
import { DataTab } from './data.tsx';
import { DistributionsTab } from './distributions.tsx';
import { ErrorsTab } from './errors.tsx';
import { EvaluationTab } from './evaluation.tsx';
import { FeaturesTab } from './features.tsx';
import { GroupsTab } from './groups.tsx';
import { HardwareTab } from './hardware.tsx';
import { RunHeader } from './header.tsx';
import { LogTab } from './log.tsx';
import { Relations } from './relations.tsx';

const tabs = [
  'curves',
  'distributions',
  'evaluation',
  'groups',
  'features',
  'errors',
  'hardware',
  'data',
  'code',
  'log',
  'artifacts',
] as const;
type Tab = (typeof tabs)[number];

/** Everything about one run. It opens on its evaluation when there is one, on its curves while it trains. */
export function RunScreen() {
  const { id = '', tab } = useParams<{ id: string; tab?: string }>();
  const run = useCall(
    'runs.show',
    { id },
    { enabled: /^[0-9a-f]{32}$/.test(id), placeholderData: (old) => (old?.id === id ? old : undefined) },
  );
  if (run.data) return <Run key={id} run={run.data} tab={tab} />;
  return (
    <>
      <ScreenHeader title="Run" />
      <ProgressLine />
      {run.error ? (
        <div className="empty">
          <ErrorNotice error={run.error} />
        </div>
      ) : (
        !run.isLoading && (
          <EmptyState actions={<ButtonLink to={to.runs}>Runs</ButtonLink>}>No run has this address.</EmptyState>
        )
      )}
    </>
  );
}

function Run({ run, tab }: { run: RunDetail; tab: string | undefined }) {
  const [, navigate] = useLocation();
  const [problem, setProblem] = useState<Error | null>(null);
  const slot = useSelection().get(run.id) ?? null;
  const neighbours = useNeighbours(run);
  const evaluated = Object.keys(run.estimates).length > 0;
  const hasRecords = (useCall('imports.records', { id: run.id }).data ?? []).length > 0;
  // Decided once, when the run is opened: the screen does not change under a person when a run ends.
  const [first] = useState<Tab>(() =>
    evaluated ? 'evaluation' : run.status === 'failed' || run.status === 'crashed' ? 'log' : 'curves',
  );
  const [cameLive] = useState(run.status === 'running' || run.status === 'queued');
  const asked = tabs.find((one) => one === tab) ?? first;
  const open = asked === 'distributions' && !hasRecords ? first : asked;

  useEffect(() => {
    document.title = `${run.name}: Wardbook`;
    return () => {
      document.title = 'Wardbook';
    };
  }, [run.name]);

  const go = (target: string | null) => target !== null && navigate(to.run(target, tab));
  useKeys({
    '[': () => go(neighbours.previous),
    ']': () => go(neighbours.next),
    c: () => navigate(to.compare([run.id])),
    e: () => navigate(to.export([run.id])),
  });

  return (
    <>
      <RunHeader run={run} slot={slot} neighbours={neighbours} onProblem={setProblem} />
      <ProgressLine />
      {problem && <ErrorNotice error={problem} />}
      <Relations run={run} />
      <Tabs
        label="About this run"
        value={open}
        onChange={(next) => navigate(to.run(run.id, next), { replace: true })}
        aside={<RunAside run={run} />}
        items={[
          {
            value: 'curves',
            label: 'Curves',
            content: () => <CurvesTab run={run} slot={slot} cameLive={cameLive} />,
          },
          ...(hasRecords
            ? [
                {
                  value: 'distributions' as const,
                  label: 'Distributions',
                  content: () => <DistributionsTab run={run} />,
                },
              ]
            : []),
          { value: 'evaluation', label: 'Evaluation', content: () => <EvaluationTab run={run} /> },
          { value: 'groups', label: 'Groups', content: () => <GroupsTab run={run} /> },
          { value: 'features', label: 'Features', content: () => <FeaturesTab run={run} /> },
          { value: 'errors', label: 'Errors', content: () => <ErrorsTab run={run} /> },
          { value: 'hardware', label: 'Hardware', content: () => <HardwareTab run={run} /> },
          { value: 'data', label: 'Data', content: () => <DataTab run={run} /> },
          { value: 'code', label: 'Code and environment', content: () => <CodeTab run={run} /> },
          { value: 'log', label: 'Log', content: () => <LogTab run={run} /> },
          { value: 'artifacts', label: 'Artifacts', content: () => <ArtifactsTab run={run} /> },
        ]}
      />
    </>
  );
}

const NEIGHBOURS = 500;

/** The runs before and after this one in its study, newest first. */
function useNeighbours(run: RunDetail): { previous: string | null; next: string | null } {
  const page = useCall('runs.list', {
    study: run.study,
    filter: '',
    sort: null,
    limit: NEIGHBOURS,
    cursor: null,
    bin: false,
  });
  const ids = page.data?.runs.map((one) => one.id) ?? [];
  const at = ids.indexOf(run.id);
  return at < 0 ? { previous: null, next: null } : { previous: ids[at - 1] ?? null, next: ids[at + 1] ?? null };
}
