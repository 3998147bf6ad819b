import type { RunBadge, RunDetail, RunSummary } from '../../../shared/model/run.ts';
import type { Tone } from '../../ui/badge.tsx';
import type { IconName } from '../../ui/icon.tsx';

type Worded = { text: string; tone: Tone; icon: IconName; title: string };

/** What each badge of a run says, and why it matters. */
const badges: Record<RunBadge, Worded> = {
  'patient-overlap': {
    text: 'patients in two splits',
    tone: 'bad',
    icon: 'cross',
    title: 'The same person is in training and in the held-out part: its results are too good to be true.',
  },
  'no-subject-column': {
    text: 'no subject column',
    tone: 'warn',
    icon: 'person',
    title: 'The dataset does not say which rows belong to one person. Intervals assume one row per subject.',
  },
  'subject-per-row': {
    text: 'one row per subject, as declared',
    tone: 'neutral',
    icon: 'person',
    title: 'Who imported the dataset declared that every row is another person.',
  },
  'subjects-grouped': {
    text: 'similar subject ids grouped',
    tone: 'neutral',
    icon: 'person',
    title: 'Subject ids that look like one person count as one in splits and intervals.',
  },
  'dirty-code': {
    text: 'code not committed',
    tone: 'warn',
    icon: 'code',
    title: 'The code had changes that no commit holds.',
  },
  'data-changed': {
    text: 'data changed since',
    tone: 'warn',
    icon: 'warning',
    title: 'The dataset has a newer version than the one this run used.',
  },
  'not-bit-reproducible': {
    text: 'not bit-reproducible',
    tone: 'neutral',
    icon: 'again',
    title: 'This engine may give slightly other numbers when the run is repeated.',
  },
  'code-changed': {
    text: 'resumed with other code',
    tone: 'warn',
    icon: 'code',
    title: 'The app or a package changed between the beginning of this run and its end.',
  },
  'smaller-batch': {
    text: 'smaller batch',
    tone: 'warn',
    icon: 'warning',
    title: 'Memory ran out, so the batch was halved and training went on; the log says when.',
  },
  'seen-subjects-unknown': {
    text: 'seen subjects unknown',
    tone: 'warn',
    icon: 'person',
    title: 'Nobody can say whether the model saw these persons in training: a dataset has no subject column.',
  },
};

/** The badges of a run in words; one that says that the split was checked comes first. */
export function badgesOf(run: Pick<RunDetail, 'badges' | 'split'>): Worded[] {
  const worded = run.badges.map((badge) => badges[badge]);
  if (run.split?.subjectsOverlap === 0 && run.split.unit === 'subjects') {
    worded.unshift({
      text: 'no patient in two splits',
      tone: 'ok',
      icon: 'check',
      title: 'Checked when the run started: no subject is on two sides of the split.',
    });
  }
  return worded;
}

/** How a run ended, in one word for its header. */
export const statusWords: Record<RunSummary['status'], { word: string; icon: IconName; tone: Tone }> = {
  queued: { word: 'Queued', icon: 'clock', tone: 'neutral' },
  running: { word: 'Running', icon: 'train', tone: 'live' },
  finished: { word: 'Done', icon: 'check', tone: 'neutral' },
  failed: { word: 'Failed', icon: 'cross', tone: 'bad' },
  stopped: { word: 'Stopped', icon: 'square', tone: 'neutral' },
  crashed: { word: 'Crashed', icon: 'cross', tone: 'bad' },
};

/** A class as a person reads it: `died` stands for itself, `1` needs its column: `fstat = 1`. */
export function classWords(label: string, target: string | null): string {
  return target !== null && /^(-?[\d.]+|true|false|yes|no|[a-z])$/i.test(label) ? `${target} = ${label}` : label;
}

/** The split in one line: `250 / 50 / 200 subjects`, `5 folds, 500 subjects`: each of them is held out in one fold. */
export function splitLine(split: NonNullable<RunDetail['split']>): string {
  if (split.folds !== null) return `${split.folds} folds, ${split.test} ${split.unit}`;
  if (split.train === 0) return `test only, ${split.test} ${split.unit}`;
  return `${split.train} / ${split.validation} / ${split.test} ${split.unit}`;
}

/** Where a run that was cut short would go on: `goes on from epoch 12`, `begins anew`. */
export function resumeWords({ checkpoint }: Pick<RunDetail, 'checkpoint'>): string {
  if (checkpoint === null) return 'resume begins anew: there is no checkpoint yet';
  const fold = /^fold-(\d+)$/.exec(checkpoint.fit)?.[1];
  const where = fold === undefined ? '' : ` of fold ${fold}`;
  if (checkpoint.epoch === null)
    return fold === undefined ? 'goes on after its first fit' : `goes on after fold ${fold}`;
  return `goes on from epoch ${checkpoint.epoch}${where}`;
}
