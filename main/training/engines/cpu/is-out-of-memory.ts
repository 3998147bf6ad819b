import { AppError } from '../../../../shared/errors.ts';

/**
 * True for what a want of memory looks like: our own code, an array that cannot be made, and a WebAssembly library that cannot
 * take more and gives up.
 */
export function isOutOfMemory(error: unknown): boolean {
  if (error instanceof AppError) return error.code === 'OUT_OF_MEMORY';
  if (error instanceof RangeError)
    return /allocation failed|invalid (typed )?array (buffer )?length/i.test(error.message);
  return (
    error instanceof Error && error.name === 'RuntimeError' && /out of bounds|abort|unreachable/i.test(error.message)
  );
}
