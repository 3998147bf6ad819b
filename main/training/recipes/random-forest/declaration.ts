import type { Task } from '../../../../shared/model/run.ts';
import type { RecipeDeclaration } from '../../../../shared/model/train-spec.ts';
import { sharedParams } from '../shared-params.ts';

const tasks: Task[] = ['binary', 'multiclass', 'regression'];

export const randomForestDeclaration: RecipeDeclaration = {
  id: 'random-forest',
  version: '1.0',
  label: 'random forest',
  summary: 'many trees side by side, averaged',
  tasks,
  input: 'table',
  engines: ['cpu'],
  params: [
    {
      name: 'trees',
      label: 'Trees',
      help: 'More trees make the average steadier, never worse; time and model file grow with them.',
      type: 'integer',
      default: 300,
      min: 1,
      max: 10_000,
      choices: null,
    },
    {
      name: 'max_features',
      label: 'Features per split',
      help: 'Features drawn at random for each split. auto: the square root of their number for classes, all of them for numbers, as in scikit-learn.',
      type: 'choice',
      default: 'auto',
      min: null,
      max: null,
      choices: ['auto', 'sqrt', 'third', 'all'],
    },
    {
      name: 'min_samples_leaf',
      label: 'Rows per leaf',
      help: 'A leaf has at least this many rows. More make smoother probabilities and smaller models.',
      type: 'integer',
      default: 1,
      min: 1,
      max: 1_000_000,
      choices: null,
    },
    {
      name: 'max_depth',
      label: 'Depth at most',
      help: 'Splits between the root and any leaf; 0 is no limit.',
      type: 'integer',
      default: 0,
      min: 0,
      max: 1000,
      choices: null,
    },
    {
      name: 'sample_share',
      label: 'Rows per tree',
      help: 'Rows drawn with replacement for each tree, as a share of the training part.',
      type: 'number',
      default: 1,
      min: 0.01,
      max: 1,
      choices: null,
    },
    {
      name: 'max_bins',
      label: 'Bins',
      help: 'Numbers are sorted into at most this many bins before splits are looked for.',
      type: 'integer',
      default: 255,
      min: 2,
      max: 255,
      choices: null,
    },
    ...sharedParams({ tasks, imbalance: ['weights'] }),
  ],
};
