import './data.css';
import { Link } from 'wouter';
import { count, percent } from '../../../shared/format.ts';
import type { RunDetail } from '../../../shared/model/run.ts';
import { useCall } from '../../query.ts';
import { Icon } from '../../ui/icon.tsx';
import { to } from '../../ui/navigation.ts';
import { EmptyState, ErrorNotice, Notice } from '../../ui/screen.tsx';

/** What the run was trained on: dataset version, split with its check, target and features. */
export function DataTab({ run }: { run: RunDetail }) {
  if (!run.dataset) {
    return (
      <div className="run-content">
        {run.inputs.length === 0 ? (
          <EmptyState>This run did not use a dataset of this vault.</EmptyState>
        ) : (
          <Inputs inputs={run.inputs} />
        )}
      </div>
    );
  }
  return (
    <div className="run-content">
      <Version dataset={run.dataset} />
      {run.split && <Split split={run.split} />}
      <Features run={run} dataset={run.dataset} />
    </div>
  );
}

/** What a script said it read: its own words, not a dataset of this vault. */
function Inputs({ inputs }: { inputs: RunDetail['inputs'] }) {
  return (
    <section className="run-section">
      <h3>Datasets that the script read</h3>
      <table className="plain features" aria-label="Datasets that the script read">
        <thead>
          <tr>
            <th>Dataset</th>
            <th>Used for</th>
            <th className="right">Digest</th>
          </tr>
        </thead>
        <tbody>
          {inputs.map(({ name, digest, context }) => (
            <tr key={`${name} ${digest}`}>
              <td>{name}</td>
              <td>{context ?? 'not said'}</td>
              <td className="right">
                <code className="t3">{digest}</code>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

type Dataset = NonNullable<RunDetail['dataset']>;

function Version({ dataset }: { dataset: Dataset }) {
  const version = useCall('datasets.show', { name: dataset.name, version: dataset.version });
  return (
    <section className="run-section">
      <h3>Dataset</h3>
      {version.error && <ErrorNotice error={version.error} />}
      <dl className="facts">
        <dt>Name and version</dt>
        <dd>
          <Link href={to.dataset(dataset.name)}>
            {dataset.name} v{dataset.version}
          </Link>
        </dd>
        {version.data && (
          <>
            <dt>Rows</dt>
            <dd>{count(version.data.rows)}</dd>
            <dt>Subjects</dt>
            <dd>{version.data.subjects === null ? 'unknown: no subject column' : count(version.data.subjects)}</dd>
          </>
        )}
        <dt>Content hash</dt>
        <dd className="wrap">
          <code>{dataset.hash}</code>
        </dd>
      </dl>
    </section>
  );
}

function Split({ split }: { split: NonNullable<RunDetail['split']> }) {
  const parts = [
    { name: 'train', size: split.train },
    { name: 'validation', size: split.validation },
    { name: 'test', size: split.test },
  ].filter((part) => part.size > 0);
  const all = parts.reduce((sum, part) => sum + part.size, 0);
  return (
    <section className="run-section">
      <h3>Split</h3>
      {split.folds === null ? (
        <>
          <div className="split-bar" aria-hidden="true">
            {parts.map((part) => (
              <i key={part.name} className={`split-${part.name}`} style={{ flexGrow: part.size }} />
            ))}
          </div>
          <div className="split-words">
            {parts.map((part) => (
              <span key={part.name}>
                {part.name} {count(part.size)} <span className="t3">{percent(part.size / all)}</span>
              </span>
            ))}
          </div>
        </>
      ) : (
        <p className="t2">
          {split.folds} folds over {count(split.test)} {split.unit}: each is held out once, its metrics come from the
          out-of-fold predictions.
        </p>
      )}
      {split.subjectsOverlap > 0 ? (
        <Notice>
          {count(split.subjectsOverlap)} {split.unit} are on two sides of the split.
        </Notice>
      ) : (
        <p className="small ok split-check">
          <Icon name="check" small />
          {split.unit === 'subjects' ? 'by subject; no patient on two sides' : 'by row: the dataset names no subjects'}
        </p>
      )}
      <dl className="facts">
        <dt>Split hash</dt>
        <dd className="wrap">
          <code>{split.hash}</code>
        </dd>
      </dl>
    </section>
  );
}

function Features({ run, dataset }: { run: RunDetail; dataset: Dataset }) {
  const version = useCall('datasets.show', { name: dataset.name, version: dataset.version });
  const profiles = new Map(version.data?.columns.map((column) => [column.name, column]));
  return (
    <section className="run-section">
      <h3>Target and features</h3>
      <table className="plain features" aria-label="Target and features">
        <thead>
          <tr>
            <th>Column</th>
            <th>Part</th>
            <th>Type</th>
            <th className="right">Missing</th>
            <th className="right">Distinct</th>
          </tr>
        </thead>
        <tbody>
          {[...(run.target === null ? [] : [run.target]), ...run.features].map((name) => {
            const profile = profiles.get(name);
            return (
              <tr key={name}>
                <td>
                  <code>{name}</code>
                </td>
                <td className="t2">{name === run.target ? 'target' : 'feature'}</td>
                <td className="t2">{profile?.type}</td>
                <td className="right">{profile && count(profile.missing)}</td>
                <td className="right">{profile && count(profile.distinct)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}
