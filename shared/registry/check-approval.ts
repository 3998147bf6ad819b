import { plural } from '../format.ts';
import { defaultPolicy } from '../model/policy.ts';
import type { ApprovalCheck, EvaluationElsewhere, ModelVersion, RunEvidence } from '../model/registry.ts';

type Blocker = ApprovalCheck['blockers'][number];
type Caution = ApprovalCheck['cautions'][number];

/** Parts of the data that the model has not learned from. */
const heldOutPart = /^(test|oof)\//;
/** How scripts call what they measured on a part of their own that was held out: `test_auc`, `test/acc`, `holdout_f1`. */
const loggedHeldOut = /^(test|testing|holdout|held_out|held-out|oof)[/_.-]/i;

/**
 * Whether a model version may be approved. `evidence` is null for one that belongs to no run. Blockers refuse: a subject on both
 * sides, no held-out result, a run that has not finished, files that are others than were registered. Cautions are read first.
 */
export function checkApproval(version: Pick<ModelVersion, 'state'>, evidence: RunEvidence | null): ApprovalCheck {
  if (evidence === null) {
    return {
      blockers: [
        {
          code: 'no-run',
          message: 'It belongs to no run, so nothing is recorded about how good it is.',
          next: 'Register it from the run that made it.',
        },
      ],
      cautions: [],
    };
  }
  return {
    blockers: [
      ...notFinished(evidence),
      ...subjectOverlap(evidence),
      ...noHeldOut(evidence),
      ...(version.state === 'changed'
        ? [
            {
              code: 'files-changed' as const,
              message: 'Its files are others than were registered.',
              next: 'Register the run again as a new version.',
            },
          ]
        : []),
    ],
    cautions: cautionsOf(version, evidence),
  };
}

/** Held-out values of a run that Wardbook has not computed itself: series that a script logs under a name of that meaning. */
export function loggedResults({ logged }: Pick<RunEvidence, 'logged'>): { key: string; value: number }[] {
  return Object.entries(logged)
    .filter(([key]) => loggedHeldOut.test(key))
    .map(([key, value]) => ({ key, value }));
}

/** An evaluation on other data counts when somebody can say whether the model had seen its persons. */
export const countsAsHeldOut = ({ estimates, badges, binned }: EvaluationElsewhere): boolean =>
  !binned && !badges.includes('seen-subjects-unknown') && hasHeldOut(estimates);

const hasHeldOut = (estimates: RunEvidence['estimates']): boolean =>
  Object.entries(estimates).some(([key, { value }]) => heldOutPart.test(key) && value !== null);

function notFinished({ status, name }: RunEvidence): Blocker[] {
  if (status === 'finished') return [];
  return [
    {
      code: 'run-not-finished',
      message: `The run ${name} has not come to its end: it is ${status}.`,
      next: 'Let it finish, or resume it, and register what it leaves.',
    },
  ];
}

function subjectOverlap({ badges, split, name }: RunEvidence): Blocker[] {
  const overlap = split?.subjectsOverlap ?? 0;
  if (overlap === 0 && !badges.includes('patient-overlap')) return [];
  const who = overlap === 0 ? 'At least one person is' : `${plural(overlap, 'person is', 'persons are')}`;
  return [
    {
      code: 'subject-overlap',
      message: `${who} in training and in the held-out part of the run ${name}, so its results are too good to be true.`,
      next: 'Train again with a split that keeps each person on one side.',
    },
  ];
}

function noHeldOut(evidence: RunEvidence): Blocker[] {
  if (hasHeldOut(evidence.estimates) || loggedResults(evidence).length > 0) return [];
  if (evidence.evaluations.some(countsAsHeldOut)) return [];
  const next =
    evidence.recipe === null
      ? 'Log what it reaches on held-out data under a name that begins with test/, such as test/auc.'
      : 'Train with a test part or with folds, or evaluate it on another dataset: wardbook evaluate.';
  return [
    {
      code: 'no-held-out-result',
      message: `The run ${evidence.name} has no result on held-out data.`,
      next,
    },
  ];
}

function cautionsOf({ state }: Pick<ModelVersion, 'state'>, evidence: RunEvidence): Caution[] {
  const { badges, split, start, name } = evidence;
  const cautions: Caution[] = [];
  const add = (code: Caution['code'], message: string) => cautions.push({ code, message });
  if (badges.includes('no-subject-column'))
    add('subjects-unknown', 'The dataset does not say which rows belong to one person, so the split was not checked.');
  if (evidence.recipe === null)
    add('split-not-checked', 'A script made the split: whether a person is on both sides is not known here.');
  if (start !== null && (!start.sameData || start.split?.hash !== split?.hash))
    add(
      'starts-from-another',
      `It goes on from the run ${start.name}, which was split in another way and may have learned from persons that are held out here.`,
    );
  if (badges.includes('data-changed'))
    add('data-changed', 'The dataset has a newer version than the one it learned from.');
  const fewest = smallestHeldOut(evidence);
  if (fewest !== null && fewest < defaultPolicy.k * 5)
    add('few-subjects', `Only ${plural(fewest, 'person')} stand behind its held-out result.`);
  if (evidence.binned) add('run-in-bin', `The run ${name} is in the bin.`);
  if (state === 'no-files') add('no-files', 'It was registered without files.');
  return cautions;
}

/** Persons behind the run's own held-out estimates; null when there are none or persons are not known. */
function smallestHeldOut({ estimates }: RunEvidence): number | null {
  const counts = Object.entries(estimates)
    .filter(([key, { subjects }]) => heldOutPart.test(key) && subjects !== null)
    .map(([, { subjects }]) => subjects!);
  return counts.length === 0 ? null : Math.min(...counts);
}
