import { AppError } from '../../../shared/errors.ts';

const lost = Promise.withResolvers<never>();
lost.promise.catch(() => {});

/** Rejects with ENGINE_LOST when the device of this process goes away; what was computing on it may never answer. */
export const untilEngineIsLost: Promise<never> = lost.promise;

/** To be called when a device says that it is gone: a driver that was reset or updated, a card that was taken out. */
export function reportLoss(engine: string): void {
  lost.reject(
    new AppError(
      'ENGINE_LOST',
      `The device of ${engine} stopped answering: its driver was reset, or the card is gone.`,
      'Resume the run from its last checkpoint, or train it again on another engine.',
    ),
  );
}
