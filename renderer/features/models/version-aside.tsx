import { Link } from 'wouter';
import { bytes, count, shortHash, whenLong } from '../../../shared/format.ts';
import { type Stage, stage as stages } from '../../../shared/model/registration.ts';
import type { ModelVersion, RegisteredModel, StageMove } from '../../../shared/model/registry.ts';
import { api } from '../../api.ts';
import { useCall } from '../../query.ts';
import { Button } from '../../ui/button.tsx';
import { Segmented } from '../../ui/choice.tsx';
import { TextArea } from '../../ui/field.tsx';
import { to } from '../../ui/navigation.ts';
import { Missing } from '../../ui/number.tsx';
import { offerUndo } from '../../ui/undo.tsx';
import { ApprovalWords } from './approval-words.tsx';
import { Aliases, Tags } from './version-labels.tsx';

type Props = {
  model: RegisteredModel;
  version: ModelVersion;
  onMove: (stage: Stage) => void;
  onDelete: () => void;
  onProblem: (error: Error | null) => void;
};

/** Where a version stands, what stands in the way of approving it, what it consists of, and how it came here. */
export function VersionAside({ model: all, version, onMove, onDelete, onProblem }: Props) {
  const { model, stage } = version;
  const approval = useCall('models.approval', { name: model, version: version.version });
  return (
    <aside className="model-aside" aria-label={`Version ${version.version}`}>
      <section>
        <h2>v{version.version}</h2>
        <Segmented
          label="Stage"
          value={stage}
          options={stages.options.map((value) => ({ value, label: value }))}
          onChange={(next) => next !== stage && onMove(next)}
        />
        {approval.data && stage !== 'approved' && <ApprovalWords check={approval.data} />}
      </section>
      <section>
        <h3>Version</h3>
        <VersionFacts version={version} />
        <Description key={version.version} version={version} onProblem={onProblem} />
      </section>
      <Aliases key={`aliases ${version.version}`} model={all} version={version} onProblem={onProblem} />
      <Tags key={`tags ${version.version}`} version={version} onProblem={onProblem} />
      <section>
        <h3>History</h3>
        <ol className="moves">
          {[...version.moves].reverse().map((move) => (
            <Moved key={`${move.at} ${move.to}`} move={move} />
          ))}
        </ol>
      </section>
      <Button variant="quiet" icon="bin" onClick={onDelete}>
        Delete v{version.version}
      </Button>
    </aside>
  );
}

function VersionFacts({ version }: { version: ModelVersion }) {
  const { run, dataset, hash, files, state } = version;
  return (
    <dl className="facts">
      <dt>Run</dt>
      <dd>{run === null ? <Missing /> : <Link href={to.run(run.id)}>{run.name}</Link>}</dd>
      <dt>Dataset</dt>
      <dd>
        {dataset === null ? (
          <Missing />
        ) : (
          <Link href={`${to.dataset(dataset.name)}/${dataset.version}`}>
            {dataset.name} v{dataset.version}
          </Link>
        )}
      </dd>
      <dt>Files</dt>
      <dd className={state === 'changed' ? 'bad' : undefined}>
        {state === 'changed'
          ? 'others than were registered'
          : files === 0
            ? 'none'
            : `${count(files)}, ${bytes(version.bytes)}`}
      </dd>
      <dt>Content</dt>
      <dd title={hash ?? undefined}>{hash === null ? <Missing /> : <code>{shortHash(hash)}</code>}</dd>
    </dl>
  );
}

function Description({ version, onProblem }: Pick<Props, 'version' | 'onProblem'>) {
  const { model: name, description: before } = version;
  async function save(description: string) {
    if (description === before) return;
    const write = (text: string) =>
      api
        .call('models.describe', { name, version: version.version, description: text })
        .then(() => onProblem(null), onProblem);
    await write(description);
    offerUndo('Description changed.', () => write(before));
  }
  return (
    <TextArea
      aria-label="Description"
      placeholder="What is particular about this version"
      maxLength={4000}
      defaultValue={before}
      onBlur={(event) => void save(event.currentTarget.value)}
    />
  );
}

function Moved({ move: { at, by, via, from, to: stage, reason } }: { move: StageMove }) {
  return (
    <li>
      <p>
        <span className="strong">{from === null ? 'registered' : stage}</span>
        {from !== null && <span className="t3"> from {from}</span>}
      </p>
      <p className="t2">{reason}</p>
      <p className="t3 small">
        {by}, {whenLong(at, Date.now())}, {via}
      </p>
    </li>
  );
}
