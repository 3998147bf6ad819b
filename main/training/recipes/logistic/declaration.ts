import type { Task } from '../../../../shared/model/run.ts';
import type { RecipeDeclaration } from '../../../../shared/model/train-spec.ts';
import { preprocessingParams } from '../../preprocessing/params.ts';
import { sharedParams } from '../shared-params.ts';

const tasks: Task[] = ['binary', 'multiclass'];

export const logisticDeclaration: RecipeDeclaration = {
  id: 'logistic',
  version: '1.1',
  label: 'logistic',
  summary: 'linear, easy to explain',
  tasks,
  input: 'table',
  threads: 1,
  engines: ['cpu'],
  params: [
    {
      name: 'l2',
      label: 'Penalty, l2',
      help: 'Shrinks the coefficients: the fit minimises the sum of log-losses plus half of l2 times the sum of squared weights of the standardised columns. Equals 1 / C in scikit-learn. 0 is plain maximum likelihood.',
      type: 'number',
      default: 1,
      min: 0,
      max: 1e6,
      choices: null,
    },
    ...sharedParams({ tasks, imbalance: ['weights'] }),
    ...preprocessingParams,
  ],
};
