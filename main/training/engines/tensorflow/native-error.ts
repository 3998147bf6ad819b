import { AppError } from '../../../../shared/errors.ts';

/** An error of the addon in words of ours where it means no memory (OUT_OF_MEMORY) or a device that is gone (ENGINE_LOST). */
export function nativeError(error: unknown): unknown {
  const text = error instanceof Error ? error.message : '';
  if (/\bOOM\b|RESOURCE_EXHAUSTED|failed to allocate memory|std::bad_alloc/i.test(text)) {
    return new AppError(
      'OUT_OF_MEMORY',
      'TensorFlow could not get the memory that the run needs.',
      'A smaller batch or a smaller network needs less.',
      { cause: error },
    );
  }
  if (/CUDA_ERROR_|device (is )?lost|fallen off the bus/i.test(text)) {
    return new AppError(
      'ENGINE_LOST',
      'The GPU stopped answering TensorFlow: its driver was reset, or the card is gone.',
      'Resume the run from its last checkpoint, or train it again on another engine.',
      { cause: error },
    );
  }
  return error;
}
