import type { ParamDeclaration } from '../../../shared/model/train-spec.ts';

/** Params that every recipe on tables has. */
export const preprocessingParams: ParamDeclaration[] = [
  {
    name: 'missing_indicator',
    label: 'Missing indicators',
    help: 'Adds a yes/no column for each feature with missing values in the training part. The values themselves are filled in with the median or the most frequent level either way.',
    type: 'boolean',
    default: false,
    min: null,
    max: null,
    choices: null,
  },
];
