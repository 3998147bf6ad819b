import { useMutation } from '@tanstack/react-query';
import { Link, useLocation } from 'wouter';
import type { AppError } from '../../../shared/errors.ts';
import { count, plural, shortHash, when } from '../../../shared/format.ts';
import type { DatasetVersion } from '../../../shared/model/dataset.ts';
import { api } from '../../api.ts';
import { useCall } from '../../query.ts';
import { Button } from '../../ui/button.tsx';
import { to } from '../../ui/navigation.ts';
import { Missing } from '../../ui/number.tsx';
import { EmptyState, ErrorNotice, ProgressLine, ScreenHeader } from '../../ui/screen.tsx';

export function DatasetList({ onImport }: { onImport: () => void }) {
  const [, navigate] = useLocation();
  const datasets = useCall('datasets.list', {});
  const synthetic = useMutation<DatasetVersion, AppError>({
    mutationFn: () => api.call('datasets.synthetic', {}),
    onSuccess: (version) => navigate(to.dataset(version.name)),
  });
  const now = Date.now();
  return (
    <>
      <ScreenHeader
        title="Datasets"
        fact={datasets.data && datasets.data.length > 0 && plural(datasets.data.length, 'dataset')}
      >
        <Button variant="primary" icon="dataset" onClick={onImport}>
          Import data
        </Button>
      </ScreenHeader>
      <ProgressLine busy={datasets.isLoading || synthetic.isPending} />
      <div className="datasets">
        {datasets.error && <ErrorNotice error={datasets.error} onRetry={() => void datasets.refetch()} />}
        {synthetic.error && <ErrorNotice error={synthetic.error} />}
        {datasets.data?.length === 0 && (
          <EmptyState
            actions={
              <>
                <Button variant="primary" icon="dataset" onClick={onImport}>
                  Import data
                </Button>
                <Button disabled={synthetic.isPending} onClick={() => synthetic.mutate()}>
                  {synthetic.isPending ? 'Making the cohort' : 'Try the synthetic cohort'}
                </Button>
              </>
            }
          >
            There is no data yet. Import a CSV or TSV file, or a folder of images; it is read, profiled and kept in the
            vault on this disk only. Or look around with a made-up cohort of 2,000 patients.
          </EmptyState>
        )}
        {datasets.data && datasets.data.length > 0 && (
          <table className="plain" aria-label="Datasets">
            <thead>
              <tr>
                <th>Name</th>
                <th>Version</th>
                <th className="right">Rows</th>
                <th className="right">Subjects</th>
                <th className="right">Columns</th>
                <th className="right">Runs</th>
                <th>Content</th>
                <th className="right">Imported</th>
              </tr>
            </thead>
            <tbody>
              {datasets.data.map((dataset) => {
                const latest = dataset.versions.reduce((a, b) => (b.version > a.version ? b : a));
                return (
                  <tr key={dataset.name} className="row-link" onClick={() => navigate(to.dataset(dataset.name))}>
                    <td className="strong">
                      <Link href={to.dataset(dataset.name)}>{dataset.name}</Link>
                    </td>
                    <td>v{latest.version}</td>
                    <td className="right">{count(latest.rows)}</td>
                    <td className="right">{latest.subjects === null ? <Missing /> : count(latest.subjects)}</td>
                    <td className="right">{count(latest.columns)}</td>
                    <td className="right">{count(dataset.runs)}</td>
                    <td>
                      <code className="t2">{shortHash(latest.hash)}</code>
                    </td>
                    <td className="right t2">{when(latest.createdAt, now)}</td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        )}
      </div>
    </>
  );
}
