import type { RunOrigin, RunSummary } from '../../shared/model/run.ts';

type Origin = NonNullable<RunSummary['origin']>;

/** How a run came from another, in one word. */
export const originWords: Record<RunOrigin, string> = {
  evaluate: 'evaluated',
  'fine-tune': 'fine-tuned',
  rerun: 'rerun',
  other: 'derived',
};

const clauses: Record<RunOrigin, string> = {
  evaluate: 'The model of',
  'fine-tune': 'Goes on from',
  rerun: 'Rerun of',
  other: 'Comes from',
};

/** `Rerun of logistic on whas500`. */
export const originSentence = ({ kind, name }: Origin): string =>
  `${clauses[kind]} ${name}${kind === 'evaluate' ? ' on other data' : ''}`;
