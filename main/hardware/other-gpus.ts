import type { GpuReading } from '../../shared/model/hardware.ts';

/**
 * GPUs of other makers through systeminformation, which knows their names and sometimes more. Costs several processes, so it
 * is asked every 30 s at most, and never where nvidia-smi answers.
 */
export async function otherGpus(): Promise<GpuReading[]> {
  const { graphics } = await import('systeminformation');
  const { controllers } = await graphics().catch(() => ({ controllers: [] }));
  return controllers
    .filter(({ model }) => model !== '')
    .map((controller) => ({
      name: [controller.vendor, controller.model].filter(Boolean).join(' '),
      utilization: controller.utilizationGpu ?? null,
      memoryUsedMiB: controller.memoryUsed ?? null,
      memoryMiB: controller.vram ?? null,
      powerW: controller.powerDraw ?? null,
      temperatureC: controller.temperatureGpu ?? null,
    }));
}
