import { z } from 'zod';

/** A counter that could not be read is null (shown as n/a) and takes no other with it. */
const reading = z.number().nullable();

export const gpuReading = z.strictObject({
  name: z.string(),
  utilization: reading,
  memoryUsedMiB: reading,
  memoryMiB: reading,
  powerW: reading,
  temperatureC: reading,
});
export type GpuReading = z.infer<typeof gpuReading>;

/** `cpu.utilization` and GPU utilization in percent of the whole device; `process` is one run's own tree of processes. */
export const hardwareSample = z.strictObject({
  at: z.number(),
  cpu: z.strictObject({ model: z.string(), cores: z.int(), utilization: reading, temperatureC: reading }),
  memory: z.strictObject({ usedMiB: reading, totalMiB: reading }),
  disk: z.strictObject({ usedGiB: reading, totalGiB: reading, readMiBps: reading, writeMiBps: reading }),
  gpus: z.array(gpuReading),
});
export type HardwareSample = z.infer<typeof hardwareSample>;

export const processTreeSample = z.strictObject({
  at: z.number(),
  /** Percent of one core: 200 is two cores busy. */
  cpu: reading,
  memoryMiB: reading,
  processes: z.int(),
  gpuMemoryMiB: reading,
});
export type ProcessTreeSample = z.infer<typeof processTreeSample>;
