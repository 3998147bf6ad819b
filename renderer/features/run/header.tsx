import './header.css';
import { useState } from 'react';
import { Link, useLocation } from 'wouter';
import { clock, duration, percent, whenLong } from '../../../shared/format.ts';
import type { RunDetail } from '../../../shared/model/run.ts';
import { api } from '../../api.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button, ButtonLink, IconButton } from '../../ui/button.tsx';
import { CopyDialog } from '../../ui/copy-dialog.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Menu, type MenuItem } from '../../ui/menu.tsx';
import { to } from '../../ui/navigation.ts';
import { placeWords, rateWords, useQueue } from '../../ui/queue.ts';
import { Swatch } from '../../ui/run-colour.tsx';
import { Meter } from '../../ui/screen.tsx';
import { offerUndo } from '../../ui/undo.tsx';
import { EvaluateDialog } from './evaluate-dialog.tsx';
import { RegisterDialog } from './register-dialog.tsx';
import { badgesOf, resumeWords, statusWords } from './run-facts.ts';

type Props = {
  run: RunDetail;
  slot: number | null;
  neighbours: { previous: string | null; next: string | null };
  onProblem: (error: Error | null) => void;
};

/** Who the run is and how it ended: name, status with its reason, when, where, on what data, and what to read first. */
export function RunHeader({ run, slot, neighbours, onProblem }: Props) {
  const [, navigate] = useLocation();
  const [evaluating, setEvaluating] = useState(false);
  const [registering, setRegistering] = useState(false);
  const [copying, setCopying] = useState(false);
  const live = run.status === 'running' || run.status === 'queued';

  async function attempt(work: () => Promise<unknown>) {
    try {
      await work();
      onProblem(null);
    } catch (error) {
      onProblem(error as Error);
    }
  }

  /** Again from the record; what came of it is said on the new run. */
  async function rerun() {
    await attempt(async () => {
      const { id } = await api.call('training.rerun', { id: run.id, verify: true });
      navigate(to.run(id));
    });
  }

  async function bin() {
    await attempt(async () => {
      await api.call('runs.bin', { ids: [run.id] });
      offerUndo('1 run moved to the bin.', () => attempt(() => api.call('runs.restore', { ids: [run.id] })));
      navigate(to.study(run.study));
    });
  }

  const { dataset } = run;
  const again = run.status === 'finished' && run.evaluationOf === null && dataset !== null;
  // Few at once need these; the name of the run needs the room.
  const more: MenuItem[] = [
    ...(again ? [{ label: 'Evaluate', icon: 'chart' as const, onSelect: () => setEvaluating(true) }] : []),
    ...(dataset !== null
      ? [
          {
            label: 'Train again',
            icon: 'train' as const,
            onSelect: () => navigate(to.trainOn(dataset.name, dataset.version)),
          },
        ]
      : []),
    { label: 'Make a local copy', icon: 'copy', onSelect: () => setCopying(true) },
    ...(live ? [] : [{ label: 'Move to bin', icon: 'bin' as const, onSelect: () => void bin() }]),
  ];

  return (
    <header className="run-head">
      <div className="run-head-1">
        <span className="crumb">
          <Link href={to.study(run.study)}>{run.study}</Link>
          <span>/</span>
        </span>
        <RunName run={run} attempt={attempt} />
        {slot !== null && <Swatch slot={slot} />}
        <IconButton
          icon="left"
          label="Previous run ([)"
          disabled={neighbours.previous === null}
          onClick={() => neighbours.previous && navigate(to.run(neighbours.previous))}
        />
        <IconButton
          icon="right"
          label="Next run (])"
          disabled={neighbours.next === null}
          onClick={() => neighbours.next && navigate(to.run(neighbours.next))}
        />
        <span className="grow" />
        <Menu label="More" items={more} />
        {live && (
          <Button icon="square" onClick={() => attempt(() => api.call('training.stop', { id: run.id }))}>
            Stop
          </Button>
        )}
        {run.resumable.can && !live && (
          <Button
            icon="train"
            title={resumeWords(run)}
            onClick={() => attempt(() => api.call('training.resume', { id: run.id }))}
          >
            Resume
          </Button>
        )}
        {again && (
          <Button
            icon="again"
            title="Runs it again from its record and says whether it comes to the same"
            onClick={rerun}
          >
            Rerun
          </Button>
        )}
        <ButtonLink icon="compare" shortcut="c" to={to.compare([run.id])}>
          Compare
        </ButtonLink>
        <ButtonLink variant="primary" icon="export" shortcut="e" to={to.export([run.id])}>
          Export
        </ButtonLink>
      </div>
      <div className="run-head-2">
        <State run={run} />
        {run.startedAt !== null && (
          <span className="fact">
            <Icon name="clock" small />
            {run.endedAt === null ? 'started ' : `${duration(run.endedAt - run.startedAt)}, `}
            {whenLong(run.startedAt, Date.now())}
          </span>
        )}
        {run.engine && (
          <span className="fact" title={run.engineReason ?? undefined}>
            <Icon name="hardware" small />
            {run.engine}
            {run.device && `, ${run.device}`}
          </span>
        )}
        {run.dataset && (
          <span className="fact">
            <Icon name="dataset" small />
            <Link href={to.dataset(run.dataset.name)}>
              {run.dataset.name} v{run.dataset.version}
            </Link>
          </span>
        )}
        {run.registered.map(({ model, version, stage }) => (
          <span key={`${model} ${version}`} className="fact">
            <Icon name="model" small />
            <Link href={to.model(model, version)}>
              {model} v{version}
            </Link>
            {stage}
          </span>
        ))}
        {run.status === 'finished' && run.evaluationOf === null && run.artifacts.length > 0 && (
          <Button variant="quiet" icon="model" className="run-register" onClick={() => setRegistering(true)}>
            Register model
          </Button>
        )}
        <span className="grow" />
        {badgesOf(run).map(({ text, tone, icon, title }) => (
          <Badge key={text} tone={tone} icon={icon} title={title}>
            {text}
          </Badge>
        ))}
      </div>
      {registering && <RegisterDialog run={run} onClose={() => setRegistering(false)} />}
      <CopyDialog of={{ ids: [run.id] }} what={run.name} open={copying} onClose={() => setCopying(false)} />
      <EvaluateDialog run={run} open={evaluating} onClose={() => setEvaluating(false)} />
    </header>
  );
}

function State({ run }: { run: RunDetail }) {
  const { word, icon, tone } = statusWords[run.status];
  if (run.status === 'running' && run.progress) {
    return (
      <span className="fact run-live" role="status">
        <span className="run-live-line">
          <b>{percent(run.progress.done)}</b>
          {run.progress.leftMs !== null && <span className="t3 small">{clock(run.progress.leftMs)} left</span>}
          <span className="t3 small run-rate">{rateWords(run.progress)}</span>
        </span>
        <Meter done={run.progress.done} label="Done" />
      </span>
    );
  }
  return (
    <span className={tone === 'bad' ? 'fact state bad' : 'fact state'} role="status">
      <Icon name={icon} small />
      {endWords(word, run.status === 'finished' ? null : run.reason)}
      {run.status === 'queued' && <Waiting id={run.id} />}
      {run.resumable.can && <span className="t3">{resumeWords(run)}</span>}
    </span>
  );
}

/** `Failed: GPU out of memory`; a reason that begins with the word stands alone. */
function endWords(word: string, reason: string | null): string {
  if (reason === null || reason === '') return word;
  return reason.toLowerCase().startsWith(word.toLowerCase()) ? reason : `${word}: ${reason}`;
}

/** Its place in the queue, and what it waits for. */
function Waiting({ id }: { id: string }) {
  const own = useQueue()?.waiting.find((waiting) => waiting.id === id);
  if (!own) return null;
  return (
    <span className="t3">
      {placeWords(own.place)}: {own.why}
    </span>
  );
}

function RunName({ run, attempt }: { run: RunDetail; attempt: (work: () => Promise<unknown>) => Promise<void> }) {
  const [editing, setEditing] = useState(false);
  if (!editing) {
    return (
      <h1>
        <button type="button" className="run-name" title="Rename" onClick={() => setEditing(true)}>
          {run.name}
        </button>
      </h1>
    );
  }
  async function save(text: string) {
    setEditing(false);
    const name = text.trim();
    if (name === '' || name === run.name) return;
    await attempt(async () => {
      await api.call('runs.rename', { id: run.id, name });
      offerUndo(`Renamed to ${name}.`, () => attempt(() => api.call('runs.rename', { id: run.id, name: run.name })));
    });
  }
  return (
    <input
      className="input run-name-field"
      aria-label="Name of the run"
      defaultValue={run.name}
      maxLength={200}
      // biome-ignore lint/a11y/noAutofocus: the person has just asked to rename
      autoFocus
      onFocus={(event) => event.currentTarget.select()}
      onBlur={(event) => void save(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') event.currentTarget.blur();
        if (event.key === 'Escape') setEditing(false);
      }}
    />
  );
}
