import './status.css';
import { clock, percent } from '../../shared/format.ts';
import type { RunSummary } from '../../shared/model/run.ts';
import { Icon, type IconName } from './icon.tsx';
import { originSentence, originWords } from './origin-words.ts';
import { placeWords, rateWords, useQueue } from './queue.ts';

type Part = Pick<RunSummary, 'id' | 'status' | 'reason' | 'progress' | 'origin' | 'resumed'>;

const looks: Record<RunSummary['status'], { icon: IconName; word: string }> = {
  queued: { icon: 'clock', word: 'queued' },
  running: { icon: 'train', word: 'running' },
  finished: { icon: 'check', word: 'done' },
  failed: { icon: 'cross', word: 'failed' },
  stopped: { icon: 'square', word: 'stopped' },
  crashed: { icon: 'cross', word: 'crashed' },
};

/** The state of a run in one cell: percent, time left and a bar while it runs; the reason itself when it failed. */
export function Status({ run }: { run: Part }) {
  const { icon, word } = looks[run.status];
  if (run.status === 'running') {
    const done = run.progress?.done ?? 0;
    return (
      <span className="status live" title={rateWords(run.progress) || undefined}>
        <span className="status-line">
          <span>{run.progress ? percent(done) : 'starting'}</span>
          {run.progress?.leftMs != null && <span className="t3">{clock(run.progress.leftMs)} left</span>}
        </span>
        <span className="status-bar" role="progressbar" aria-label="Done" aria-valuenow={Math.round(done * 100)}>
          <i style={{ width: `${done * 100}%` }} />
        </span>
      </span>
    );
  }
  if (run.status === 'queued') return <Queued id={run.id} />;
  const failed = run.status === 'failed' || run.status === 'crashed';
  const text = run.reason === null || run.status === 'finished' ? word : run.reason;
  return (
    <span className={failed ? 'status bad' : 'status'} title={text}>
      <Icon name={icon} small />
      <span className="status-text">{text}</span>
      {run.status === 'finished' && <How run={run} />}
    </span>
  );
}

/** How it came about, where that is not by training alone; what it came from is on hover and in a column of its own. */
function How({ run: { origin, resumed } }: { run: Part }) {
  const words = origin && origin.kind !== 'other' ? originWords[origin.kind] : resumed ? 'resumed' : null;
  if (words === null) return null;
  return (
    <span className="t3 small status-how" title={origin ? originSentence(origin) : 'It was interrupted and went on.'}>
      {words}
    </span>
  );
}

/** Its place in the queue; what it waits for on hover. */
function Queued({ id }: { id: string }) {
  const own = useQueue()?.waiting.find((waiting) => waiting.id === id);
  return (
    <span className="status" title={own?.why}>
      <Icon name="clock" small />
      <span className="status-text">{own ? placeWords(own.place) : 'queued'}</span>
    </span>
  );
}
