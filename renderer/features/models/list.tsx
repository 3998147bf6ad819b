import { Link, useLocation } from 'wouter';
import { count, plural, when } from '../../../shared/format.ts';
import type { ModelSummary, VersionBrief } from '../../../shared/model/registry.ts';
import { useCall } from '../../query.ts';
import { ButtonLink } from '../../ui/button.tsx';
import { metricName } from '../../ui/metric-name.ts';
import { to } from '../../ui/navigation.ts';
import { Estimated, Missing } from '../../ui/number.tsx';
import { EmptyState, ErrorNotice, ProgressLine, ScreenHeader } from '../../ui/screen.tsx';
import { StageBadge } from '../../ui/stage.tsx';

/** Every model with its approved and its newest version. */
export function ModelList() {
  const models = useCall('models.list', {});
  const known = models.data ?? [];
  return (
    <>
      <ScreenHeader title="Models" fact={known.length > 0 && plural(known.length, 'model')} />
      <ProgressLine busy={models.isLoading} />
      <div className="models">
        {models.error && <ErrorNotice error={models.error} onRetry={() => void models.refetch()} />}
        {models.data && known.length === 0 && (
          <EmptyState
            actions={
              <ButtonLink variant="primary" icon="runs" to={to.runs}>
                Choose a run
              </ButtonLink>
            }
          >
            No model is registered yet. Open a finished run and choose Register: the registry keeps its model as a
            version, says where it comes from, and records who approved it and why.
          </EmptyState>
        )}
        {known.length > 0 && <ModelTable models={known} />}
      </div>
    </>
  );
}

function ModelTable({ models }: { models: readonly ModelSummary[] }) {
  const [, navigate] = useLocation();
  const now = Date.now();
  return (
    <table className="plain model-list" aria-label="Models">
      <thead>
        <tr>
          <th>Name</th>
          <th className="c-version">Approved</th>
          <th className="c-newest">Newest</th>
          <th className="c-main">Held out</th>
          <th>Dataset</th>
          <th className="right c-count">Versions</th>
          <th className="right c-when">Changed</th>
        </tr>
      </thead>
      <tbody>
        {models.map(({ name, approved, newest, versions, updatedAt, description }) => (
          <tr key={name} className="model-row" onClick={() => navigate(to.model(name))}>
            <td className="strong" title={description || name}>
              <Link href={to.model(name)}>{name}</Link>
            </td>
            <td>{approved === null ? <Missing /> : `v${approved.version}`}</td>
            <td>
              {newest === null ? (
                <Missing />
              ) : (
                <span className="model-newest">
                  v{newest.version} <StageBadge stage={newest.stage} />
                </span>
              )}
            </td>
            <td>
              <Main of={approved ?? newest} />
            </td>
            <td className="t2">{datasetWords(approved ?? newest) ?? <Missing />}</td>
            <td className="right">{count(versions)}</td>
            <td className="right t2">{when(updatedAt, now)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The held-out metric that a version is known by: `AUC 0.84 [0.79–0.90]`. */
export function Main({ of }: { of: Pick<VersionBrief, 'main'> | null }) {
  if (of === null || of.main === null) return <Missing />;
  return (
    <span className="model-main">
      <span className="t3 small">{metricName(of.main.key).name}</span> <Estimated of={of.main.estimate} />
    </span>
  );
}

function datasetWords(version: VersionBrief | null): React.ReactNode {
  const dataset = version?.dataset;
  return dataset ? `${dataset.name} v${dataset.version}` : null;
}
