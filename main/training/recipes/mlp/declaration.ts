import type { Task } from '../../../../shared/model/run.ts';
import type { RecipeDeclaration } from '../../../../shared/model/train-spec.ts';
import { preprocessingParams } from '../../preprocessing/params.ts';
import { sharedParams } from '../shared-params.ts';

const tasks: Task[] = ['binary', 'multiclass', 'regression'];
const none = { min: null, max: null, choices: null };

export const mlpDeclaration: RecipeDeclaration = {
  id: 'mlp',
  version: '2.0',
  label: 'mlp',
  summary: 'small neural network',
  tasks,
  input: 'table',
  threads: 1,
  engines: ['tensorflow-gpu', 'webgpu', 'cpu', 'tensorflow'],
  params: [
    {
      name: 'hidden',
      label: 'Hidden layers',
      help: 'Units per hidden layer, such as "64, 32"; at most 8 layers of 1 to 4096 units.',
      type: 'text',
      default: '32, 16',
      ...none,
    },
    {
      name: 'epochs',
      label: 'Epochs',
      help: 'At most this many passes over the training part.',
      type: 'integer',
      default: 100,
      min: 1,
      max: 10_000,
      choices: null,
    },
    {
      name: 'learning_rate',
      label: 'Learning rate',
      help: 'Step size of Adam.',
      type: 'number',
      default: 0.003,
      min: 1e-6,
      max: 1,
      choices: null,
    },
    {
      name: 'batch_size',
      label: 'Batch size',
      help: 'Rows per step.',
      type: 'integer',
      default: 32,
      min: 1,
      max: 65_536,
      choices: null,
    },
    {
      name: 'l2',
      label: 'Penalty, l2',
      help: 'Adds half of l2 times the sum of squared weights to the mean loss; biases are not penalised.',
      type: 'number',
      default: 0.03,
      min: 0,
      max: 10,
      choices: null,
    },
    {
      name: 'dropout',
      label: 'Dropout',
      help: 'Share of hidden units left out at random in each step.',
      type: 'number',
      default: 0.2,
      min: 0,
      max: 0.9,
      choices: null,
    },
    {
      name: 'patience',
      label: 'Patience',
      help: 'Stops after this many epochs without a lower validation loss and goes back to the best epoch.',
      type: 'integer',
      default: 15,
      min: 1,
      max: 10_000,
      choices: null,
    },
    ...sharedParams({ tasks, imbalance: ['weights', 'focal'] }),
    ...preprocessingParams,
  ],
};
