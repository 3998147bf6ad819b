import type { RunDetail, RunStatus } from '../../../shared/model/run.ts';

/** Names the run of this vault there, so that a repeat finds it. */
export const runTag = 'wardbook.run';

type Entry = { key: string; value: string };

/** Why MLflow does not take a key; null when it does. */
export function keyProblem(key: string): string | null {
  if (key.length > 250) return 'MLflow takes names of up to 250 characters';
  if (!/^[\p{L}\p{N}_./ :-]+$/u.test(key)) return 'MLflow takes letters, digits and _ - . / : and spaces in a name';
  const parts = key.split('/');
  if (key.startsWith('/') || parts.some((part) => part === '' || part === '.' || part === '..'))
    return 'MLflow takes no name that is not a plain path';
  return null;
}

export const statusThere = (status: RunStatus): string =>
  ({
    queued: 'SCHEDULED',
    running: 'RUNNING',
    finished: 'FINISHED',
    failed: 'FAILED',
    stopped: 'KILLED',
    crashed: 'FAILED',
  })[status];

/** Params of a run as text, with what MLflow keeps as params and Wardbook in places of its own. */
export function paramEntries(run: RunDetail): Entry[] {
  return Object.entries(run.params).map(([key, value]) => ({ key, value: String(value) }));
}

const longest = 5_000;

/** Its tags, its note and where it comes from. Intervals of estimates have no place of their own there. */
export function createTags(run: RunDetail, parent: string | undefined): Entry[] {
  const own = Object.entries(run.tags).filter(
    ([key]) => !['mlflow.runName', 'mlflow.parentRunId', runTag].includes(key) && keyProblem(key) === null,
  );
  const facts: [string, string | null | undefined][] = [
    [runTag, run.id],
    ['mlflow.note.content', run.note === '' ? null : run.note],
    ['mlflow.parentRunId', parent],
    ['wardbook.status', run.status],
    ['wardbook.reason', run.reason],
    ['wardbook.recipe', run.recipe],
    ['wardbook.dataset', run.dataset && `${run.dataset.name}@v${run.dataset.version}`],
    ...Object.entries(run.estimates).map(([key, { low, high, method }]): [string, string] => [
      `wardbook.interval.${key}`,
      `${low} ${high} ${method}`,
    ]),
  ];
  const merged = new Map(own);
  for (const [key, value] of facts) if (value != null && keyProblem(key) === null) merged.set(key, value);
  return [...merged].map(([key, value]) => ({ key, value: value.slice(0, longest) }));
}
