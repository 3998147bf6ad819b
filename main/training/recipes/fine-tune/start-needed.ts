import { AppError } from '../../../../shared/errors.ts';

export const startNeeded = (): AppError =>
  new AppError(
    'PARAM_INVALID',
    'fine-tune starts from a model: choose a run (--from RUN) or a model folder (--from FOLDER).',
  );
