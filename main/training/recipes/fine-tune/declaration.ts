import type { ParamDeclaration, RecipeDeclaration } from '../../../../shared/model/train-spec.ts';
import { cnnDeclaration } from '../cnn/declaration.ts';
import { depths } from './depth.ts';

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
  help: 'What learns: the head alone, the last residual block or the last two with it, or all. The rest is frozen.',
  type: 'choice',
  default: 'last-block',
  min: null,
  max: null,
  choices: [...depths],
};

export const fineTuneDeclaration: RecipeDeclaration = {
  ...cnnDeclaration,
  id: 'fine-tune',
  version: '1.0',
  label: 'fine-tune',
  summary: 'goes on from the network of an earlier run, on images like those it knows',
  params: [
    depth,
    ...cnnDeclaration.params
      .filter(({ name }) => !given.has(name))
      .map((param) => ({ ...param, default: gentler.get(param.name) ?? param.default })),
  ],
};
