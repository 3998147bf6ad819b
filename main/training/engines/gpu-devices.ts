import { existsSync } from 'node:fs';

/**
 * Why no GPU can be used, known from the kernel's device files; null when there may be one. Spares a run the look for a GPU
 * (half a second); only Linux says so cheaply.
 */
export function noGpuDevice(): string | null {
  return hasDevice(['/dev/dri', '/dev/nvidiactl', '/dev/dxg']) ? null : 'this machine has no GPU device';
}

/** The same for NVIDIA's GPUs; `/dev/dxg` is a GPU that Windows lends to WSL. */
export function noNvidiaDevice(): string | null {
  return hasDevice(['/dev/nvidiactl', '/dev/dxg'])
    ? null
    : 'this machine has no NVIDIA GPU, or its driver is not loaded';
}

function hasDevice(files: string[]): boolean {
  return process.platform !== 'linux' || files.some((file) => existsSync(file));
}
