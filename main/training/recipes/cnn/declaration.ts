import type { Task } from '../../../../shared/model/run.ts';
import type { ParamDeclaration, RecipeDeclaration } from '../../../../shared/model/train-spec.ts';
import { imageParams } from '../image-params.ts';
import { sharedParams } from '../shared-params.ts';

const tasks: Task[] = ['binary', 'multiclass', 'regression'];

const number = (name: string, label: string, by: number, most: number, help: string): ParamDeclaration => ({
  name,
  label,
  help,
  type: 'number',
  default: by,
  min: 0,
  max: most,
  choices: null,
});
const whole = (name: string, label: string, by: number, min: number, max: number, help: string): ParamDeclaration => ({
  name,
  label,
  help,
  type: 'integer',
  default: by,
  min,
  max,
  choices: null,
});
const choice = (name: string, label: string, choices: string[], help: string): ParamDeclaration => ({
  name,
  label,
  help,
  type: 'choice',
  default: choices[0]!,
  min: null,
  max: null,
  choices,
});

export const cnnDeclaration: RecipeDeclaration = {
  id: 'cnn',
  version: '1.0',
  label: 'cnn',
  summary: 'small residual network for images',
  tasks,
  input: 'images',
  engines: ['tensorflow-gpu', 'webgpu', 'tensorflow', 'cpu'],
  params: [
    {
      name: 'widths',
      label: 'Widths',
      help: 'Channels of each block, such as "16, 32, 64"; every block from the second on halves the side of the image.',
      type: 'text',
      default: '16, 32, 64',
      min: null,
      max: null,
      choices: null,
    },
    whole('epochs', 'Epochs', 12, 1, 10_000, 'Passes over the training part.'),
    whole('batch_size', 'Batch size', 64, 1, 4096, 'Images per step; they are normalised in groups of at most 32.'),
    choice(
      'optimizer',
      'Optimiser',
      ['adamw', 'sgd'],
      'adamw adapts the step of every weight. sgd, with momentum, often needs a rate near 0.1.',
    ),
    {
      ...number(
        'learning_rate',
        'Learning rate',
        0.002,
        10,
        'Largest step size; it rises over the first tenth of the training and falls to 0 along a cosine.',
      ),
      min: 1e-6,
    },
    number('weight_decay', 'Weight decay', 0.05, 10, 'How strongly weights are drawn to zero.'),
    number('dropout', 'Dropout', 0, 0.9, 'Share of the features before the head left out at random in each step.'),
    number('label_smoothing', 'Label smoothing', 0, 0.5, 'Share of each label spread evenly over the classes.'),
    number(
      'mixup',
      'Mixup',
      0,
      2,
      'Mixes pairs of images and labels, by shares from Beta(mixup, mixup); 0 mixes nothing.',
    ),
    {
      name: 'flip',
      label: 'Flip',
      help: 'Mirrors every second image. Only where left and right do not matter: a mirrored chest has its heart on the wrong side.',
      type: 'boolean',
      default: false,
      min: null,
      max: null,
      choices: null,
    },
    number('shift', 'Shift', 0.07, 0.5, 'Largest random shift, as a share of the side.'),
    number('rotate', 'Rotate', 10, 180, 'Largest random turn, in degrees.'),
    number('zoom', 'Zoom', 0.1, 1, 'Largest random change of size, as a share.'),
    number('elastic', 'Elastic', 0, 0.2, 'Size of smooth random distortions, as a share of the side.'),
    choice(
      'keep',
      'Keep',
      ['best', 'last', 'average'],
      'best: the epoch of lowest validation loss. last: the last epoch. average: the mean of the weights of the last quarter of the epochs (stochastic weight averaging), with its own normalisation statistics.',
    ),
    whole(
      'patience',
      'Patience',
      0,
      0,
      10_000,
      'Stops after this many epochs without a lower validation loss; 0 runs them all.',
    ),
    whole(
      'snapshots',
      'Snapshots',
      3,
      2,
      50,
      'With the ensemble of snapshots: cycles of the learning rate, each ending in one stage that is kept.',
    ),
    ...imageParams,
    ...sharedParams({ tasks, imbalance: ['weights', 'focal'], snapshots: true }),
  ],
};
