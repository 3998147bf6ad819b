import { AppError } from '../../../../shared/errors.ts';

type Size = { height: number; width: number; channels: number };

export const takesOther = (takes: Size, given: Size): AppError =>
  new AppError(
    'KIND_UNSUPPORTED',
    `The model to start from takes images of ${takes.width} × ${takes.height} × ${takes.channels}, not of ${given.width} × ${given.height} × ${given.channels}.`,
  );
