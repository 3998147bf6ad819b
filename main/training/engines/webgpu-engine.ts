import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import type { Engine, EngineFacts, Tensors } from './engine.ts';
import { noGpuDevice } from './gpu-devices.ts';
import { hostMemory } from './host-memory.ts';
import { reportLoss } from './loss.ts';
import { nvidiaMemory } from './nvidia-memory.ts';
import { openGpu } from './open-gpu.ts';
import { probe } from './probe.ts';
import { respectLimits } from './respect-limits.ts';

/** MatMulProgramType.MatMulPackedProgram of @tensorflow/tfjs-backend-webgpu. */
const MATMUL_PACKED = 3;
const SECONDS = 10;

export const webgpuEngine: Engine = {
  id: 'webgpu',
  ruledOut: noGpuDevice,
  async look(): Promise<EngineFacts> {
    const { found, reason } = await probe('webgpu', SECONDS);
    const status = { id: 'webgpu', onlyWhenAsked: false, packages: {} } as const;
    const nowhere = { device: null, gpu: null, driver: null, memoryMiB: null, freeMemoryMiB: null };
    if (found === null) return { ...status, ...nowhere, available: false, reason };
    const { gpu, driver, software, limits } = found;
    const largest =
      limits === null ? '' : `; a tensor has at most ${Math.min(limits.bufferMiB, limits.bindingMiB)} MiB`;
    return {
      ...status,
      available: true,
      device: gpu,
      gpu,
      driver,
      reason: software
        ? `a software adapter, slower than cpu: used only when asked for${largest}`
        : `driver ${driver}${largest}`,
      // WebGPU does not tell a card's memory; a software adapter has the machine's.
      ...(software ? hostMemory() : await nvidiaMemory(gpu)),
      onlyWhenAsked: software,
    };
  },
  find: () => openGpu(),
  // A second GPU object in one process would let go of the first, and with it of the device that the backend holds.
  load: (tf) => (loaded ??= load(tf)),
};

let loaded: Promise<string> | null = null;

async function load(tf: Tensors): Promise<string> {
  await openGpu();
  await import('@tensorflow/tfjs-backend-webgpu');
  // One matrix product kernel for all shapes: another one adds with atomics, whose order, and so whose rounding, changes
  // from run to run.
  tf.env().set('WEBGPU_MATMUL_PROGRAM_TYPE', MATMUL_PACKED);
  await tf.setBackend('webgpu');
  await tf.ready();
  const { device } = tf.backend() as WebGPUBackend;
  respectLimits(device);
  void device.lost.then(() => reportLoss('webgpu'));
  return 'webgpu';
}
