import { AppError, type Failure, toFailure } from '../../shared/errors.ts';
import { isOutOfMemory } from './recipes/out-of-memory.ts';

/** The failure to report, and for an error that is not ours what goes into the run's log: its kind and place, never its text. */
export function describeUnexpected(error: unknown): { failure: Failure; log: string | null } {
  if (error instanceof AppError) return { failure: toFailure(error), log: null };
  if (isOutOfMemory(error)) {
    const message =
      'The trainer could not get the memory it needs; train on fewer columns or rows, or close other programs.';
    return { failure: { code: 'OUT_OF_MEMORY', message }, log: null };
  }
  const name = error instanceof Error ? error.name : 'A thrown value';
  const frames = error instanceof Error ? (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line)) : [];
  const short = frames
    .slice(0, 12)
    .map((line) => line.replace(/\(?(?:file:\/\/)?\/?\S*[\\/]([^\\/]+:\d+:\d+)\)?$/, '$1'));
  return {
    failure: {
      code: 'INTERNAL',
      message: 'Something unexpected went wrong in the trainer; the place is in the run’s log.',
    },
    log: [`${name}`, ...short].join('\n'),
  };
}
