import type { Task } from '../../../../shared/model/run.ts';
import type { RecipeDeclaration } from '../../../../shared/model/train-spec.ts';
import { preprocessingParams } from '../../preprocessing/params.ts';
import { sharedParams } from '../shared-params.ts';

const tasks: Task[] = ['regression'];

export const linearDeclaration: RecipeDeclaration = {
  id: 'linear',
  version: '1.0',
  label: 'linear',
  summary: 'ridge regression, easy to explain',
  tasks,
  input: 'table',
  engines: ['cpu'],
  params: [
    {
      name: 'l2',
      label: 'Penalty, l2',
      help: 'Shrinks the coefficients: the fit minimises the sum of squared errors plus l2 times the sum of squared weights of the standardised columns. Equals alpha of Ridge in scikit-learn. 0 is ordinary least squares.',
      type: 'number',
      default: 1,
      min: 0,
      max: 1e9,
      choices: null,
    },
    ...sharedParams({ tasks, imbalance: [] }),
    ...preprocessingParams,
  ],
};
