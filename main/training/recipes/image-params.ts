import type { ParamDeclaration } from '../../../shared/model/train-spec.ts';

/** The longest side that a network gets when nobody says: more detail costs time with its square. */
export const AUTO_SIDE = 128;

/** Params that every recipe on images has. */
export const imageParams: ParamDeclaration[] = [
  {
    name: 'size',
    label: 'Image size',
    help: `Every image becomes a square of this side in pixels, its proportions kept. 0: the longest side in the dataset, at most ${AUTO_SIDE}.`,
    type: 'integer',
    default: 0,
    min: 0,
    max: 1024,
    choices: null,
  },
];
