import type { TrainEstimate } from '../../../shared/contract/training.ts';
import type { AppError } from '../../../shared/errors.ts';
import { duration, plural, shortHash } from '../../../shared/format.ts';
import type { DatasetVersion } from '../../../shared/model/dataset.ts';
import type { ParamDeclaration, RecipeDeclaration } from '../../../shared/model/train-spec.ts';
import { useCall } from '../../query.ts';
import { Button } from '../../ui/button.tsx';
import { LabelledCheckbox } from '../../ui/choice.tsx';
import { useQueue } from '../../ui/queue.ts';
import { ErrorNotice, Notice } from '../../ui/screen.tsx';
import { DoneBefore } from './done-before.tsx';
import { QueueList, startsWords } from './queue-list.tsx';

type Props = {
  version: DatasetVersion;
  recipe: RecipeDeclaration;
  estimate: TrainEstimate | undefined;
  error: AppError | null;
  /** The param whose field has the focus. */
  explained: ParamDeclaration | null;
  /** Threads that the run would take. */
  cores: number;
  ready: boolean;
  starting: boolean;
  allowNearDuplicates: boolean;
  onAllowNearDuplicates: (on: boolean) => void;
  onStart: () => void;
  onOtherSeed: (used: readonly number[]) => void;
};

/** What to do here, where a person has boxes to tick and no options to write. */
function inTheWindow(error: AppError): { code: string; message: string; hint?: string } {
  const { code, message, hint } = error;
  if (code !== 'NEAR_DUPLICATES') return { code, message, ...(hint === undefined ? {} : { hint }) };
  return {
    code,
    message,
    hint: 'Split by shares or folds, which keep such images together; look at them on the page of the dataset; or allow them below.',
  };
}

/** What starting would cost and keep, whether it ran before, and the one button. */
export function TrainAside({
  version,
  recipe,
  estimate,
  error,
  explained,
  cores,
  ready,
  starting,
  allowNearDuplicates,
  onAllowNearDuplicates,
  onStart,
  onOtherSeed,
}: Props) {
  const facts = useCall('app.facts', {});
  const queue = useQueue();
  const time = estimate?.durationMs;
  return (
    <aside className="train-aside" aria-label="Before you start">
      {estimate && (estimate.alreadyDone !== null || estimate.replicates.length > 0) && (
        <DoneBefore id={estimate.alreadyDone} replicates={estimate.replicates} onOtherSeed={onOtherSeed} />
      )}
      <h3>Estimate</h3>
      <dl className="facts">
        <dt>Time</dt>
        <dd className="wrap">
          {time ? (
            <>
              about {duration(time.median)}{' '}
              <span className="t3 small">
                {duration(time.low)} to {duration(time.high)}
              </span>
            </>
          ) : (
            'not known yet'
          )}
        </dd>
        <dt>Starts</dt>
        <dd>{queue && startsWords(queue, cores)}</dd>
      </dl>
      <p className="t3 small">
        {time
          ? `From ${plural(time.from, 'run')} of ${recipe.label} on this machine.`
          : `No run of ${recipe.label} on this machine yet.`}
      </p>
      {queue && <QueueList queue={queue} />}
      <h3>Kept with the run</h3>
      <dl className="facts">
        <dt>Code</dt>
        <dd className="wrap">
          {recipe.label} {recipe.version}
          {facts.data?.commit && (
            <>
              , <code>{facts.data.commit.slice(0, 7)}</code>
            </>
          )}
        </dd>
        <dt>Data</dt>
        <dd className="wrap">
          {version.name} v{version.version}, <code>{shortHash(version.hash).slice(0, 9)}</code>
        </dd>
        <dt>Environment</dt>
        <dd>{facts.data && `Wardbook ${facts.data.version}`}</dd>
      </dl>
      {estimate?.warnings.map((warning) => (
        <Notice key={warning}>{warning}</Notice>
      ))}
      {error && <ErrorNotice error={inTheWindow(error)} />}
      {(error?.code === 'NEAR_DUPLICATES' || allowNearDuplicates) && (
        <LabelledCheckbox checked={allowNearDuplicates} onChange={onAllowNearDuplicates}>
          Train although nearly the same image is on two sides
        </LabelledCheckbox>
      )}
      <div className="param-help" aria-live="polite">
        {explained && (
          <>
            <h3>{explained.label}</h3>
            <p>{explained.help}</p>
          </>
        )}
      </div>
      <div className="start">
        <Button variant="primary" icon="train" shortcut="Ctrl ↵" disabled={!ready || starting} onClick={onStart}>
          {starting ? 'Starting' : 'Start training'}
        </Button>
        <p>Can be stopped at any time; what was trained is kept.</p>
      </div>
    </aside>
  );
}
