import type { ParamDeclaration, RecipeDeclaration } from '../../../../shared/model/train-spec.ts';
import { cnnDeclaration } from '../cnn/declaration.ts';
import { depths } from './depth.ts';
import { pixelChoices } from './pixels.ts';

/** Follow from the model that it starts from. */
const given = new Set(['widths', 'size']);
/** Smaller steps and fewer of them: what the start knows is to be kept. */
const gentler = new Map([
  ['epochs', 10],
  ['learning_rate', 0.0005],
]);

const depth: ParamDeclaration = {
  name: 'depth',
  label: 'Depth',
  help: 'What learns: the head alone, the last block or the last two with it, or all. The rest is frozen.',
  type: 'choice',
  default: 'last-block',
  min: null,
  max: null,
  choices: [...depths],
};

const pixels: ParamDeclaration = {
  name: 'pixels',
  label: 'Pixel values',
  help: 'Of a model folder: the values that its network was trained on. auto: 0 to 255 where it scales them itself, otherwise 0 to 1. The network of a run keeps its own.',
  type: 'choice',
  default: 'auto',
  min: null,
  max: null,
  choices: [...pixelChoices],
};

export const fineTuneDeclaration: RecipeDeclaration = {
  ...cnnDeclaration,
  id: 'fine-tune',
  version: '1.1',
  label: 'fine-tune',
  summary: 'goes on from the network of an earlier run or of a model folder, on images like those it knows',
  params: [
    depth,
    pixels,
    ...cnnDeclaration.params
      .filter(({ name }) => !given.has(name))
      .map((param) => ({ ...param, default: gentler.get(param.name) ?? param.default })),
  ],
};
