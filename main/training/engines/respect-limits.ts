import { AppError } from '../../../shared/errors.ts';

/**
 * Makes a device refuse a buffer that is larger than it allows, or that it has no memory for, with OUT_OF_MEMORY: by itself it
 * hands out an invalid buffer and computes nothing, and the numbers read back are zeros.
 */
export function respectLimits(device: GPUDevice): void {
  const most = Math.min(device.limits.maxBufferSize, device.limits.maxStorageBufferBindingSize);
  const create = device.createBuffer.bind(device);
  let full = false;
  device.addEventListener('uncapturederror', ({ error }) => {
    if (error instanceof GPUOutOfMemoryError) full = true;
  });
  device.createBuffer = (descriptor) => {
    if (full) throw outOfMemory('The GPU has no memory left for the run.');
    if (descriptor.size > most) {
      throw outOfMemory(
        `The run needs a block of ${toMiB(descriptor.size)} MiB; this GPU allows at most ${toMiB(most)} MiB in one.`,
      );
    }
    return create(descriptor);
  };
}

const toMiB = (bytes: number): number => Math.ceil(bytes / 2 ** 20);

const outOfMemory = (message: string): AppError =>
  new AppError('OUT_OF_MEMORY', message, 'A smaller batch or a smaller network needs less.');
