import type { Task } from '../../../shared/model/run.ts';
import type { ParamDeclaration } from '../../../shared/model/train-spec.ts';

/** What a recipe offers of the shared params. */
export type Offers = {
  tasks: Task[];
  /** Ways it has to weigh up rare classes, in its own loss. */
  imbalance: ('weights' | 'focal')[];
  /** It can keep the mean of several stages of one fit. */
  snapshots?: boolean;
};

const tellsClasses: Task[] = ['binary', 'multiclass'];

/**
 * Params that every recipe has in the same form; a declaration spreads them after its own. Those that concern none of the
 * recipe's tasks are left out.
 */
export function sharedParams({ tasks, imbalance, snapshots = false }: Offers): ParamDeclaration[] {
  return [...imbalanceParams(imbalance), ...thresholdParams, ensembleParam(snapshots), importanceParam].filter(
    (param) => param.tasks === undefined || param.tasks.some((task) => tasks.includes(task)),
  );
}

function imbalanceParams(ways: Offers['imbalance']): ParamDeclaration[] {
  if (ways.length === 0) return [];
  const choice: ParamDeclaration = {
    name: 'imbalance',
    label: 'Unequal classes',
    help: 'none: every row counts the same, and the threshold deals with unequal classes. weights: rows of rare classes count more in the loss, as many times as it takes for every class to weigh the same. focal: rows that are predicted well count less (focal loss). Leave it at none unless you must: either spoils calibration, so the probabilities no longer mean what they say.',
    type: 'choice',
    default: 'none',
    min: null,
    max: null,
    choices: ['none', ...ways],
    tasks: tellsClasses,
  };
  if (!ways.includes('focal')) return [choice];
  const gamma: ParamDeclaration = {
    name: 'focal_gamma',
    label: 'Focal gamma',
    help: 'How strongly the focal loss plays down rows that are predicted well: each counts (1 − p)^gamma, p the probability of its true class. 0 is the plain log-loss.',
    type: 'number',
    default: 2,
    min: 0,
    max: 10,
    choices: null,
    tasks: tellsClasses,
    when: { param: 'imbalance', is: 'focal' },
  };
  return [choice, gamma];
}

const thresholdParams: ParamDeclaration[] = [
  {
    name: 'threshold',
    label: 'Threshold',
    help: 'Where a score is called positive. youden: where sensitivity plus specificity is largest. sensitivity: the highest threshold that still has the sensitivity asked for. It is chosen on validation data, never on the test part.',
    type: 'choice',
    default: 'youden',
    min: null,
    max: null,
    choices: ['youden', 'sensitivity'],
    tasks: ['binary'],
  },
  {
    name: 'sensitivity_target',
    label: 'Sensitivity of at least',
    help: 'The threshold is the highest with at least this sensitivity on validation. It is an estimate from the positives there: on new patients the sensitivity is about as often below as above it, so ask for more than you need, or read the interval on the test part.',
    type: 'number',
    default: 0.95,
    min: 0.5,
    max: 1,
    choices: null,
    tasks: ['binary'],
    when: { param: 'threshold', is: 'sensitivity' },
  },
];

const ensembleParam = (snapshots: boolean): ParamDeclaration => ({
  name: 'ensemble',
  label: 'Ensemble',
  help: `none: the model that is kept is one fit. folds: it is the mean of the models of the folds, each with its own preprocessing, instead of one more fit on everybody; needs a split by folds.${snapshots ? ' snapshots: it is the mean of several stages of one fit.' : ''} The out-of-fold predictions are each fold's own either way.`,
  type: 'choice',
  default: 'none',
  min: null,
  max: null,
  choices: ['none', 'folds', ...(snapshots ? ['snapshots'] : [])],
});

const importanceParam: ParamDeclaration = {
  name: 'importance_repeats',
  label: 'Importance repeats',
  help: 'How often each feature is shuffled on held-out data to see how much worse the model gets without it. More repeats make the number steadier; 0 leaves it out.',
  type: 'integer',
  default: 5,
  min: 0,
  max: 100,
  choices: null,
};
