import type { HardwareSample, ProcessTreeSample } from '../../shared/model/hardware.ts';
import type { MetricPoint } from '../../shared/model/series.ts';

/**
 * One sample as points of a run's `system/…` series; a counter that could not be read has no point. The run's own tree of
 * processes and the whole device are apart: `cpu` (percent of one core), `memory` and `gpu-memory` (MiB) are the run's own,
 * everything else is the machine's. A second GPU's keys say `gpu1`, a third's `gpu2`.
 * @param step seconds since the run started
 */
export function systemPoints(machine: HardwareSample, own: ProcessTreeSample, step: number): MetricPoint[] {
  const readings: [key: string, value: number | null][] = [
    ['cpu', own.cpu],
    ['memory', own.memoryMiB],
    ['gpu-memory', own.gpuMemoryMiB],
    ['machine-cpu', machine.cpu.utilization],
    ['machine-memory', machine.memory.usedMiB],
    ['disk-read', machine.disk.readMiBps],
    ['disk-write', machine.disk.writeMiBps],
    ...machine.gpus.flatMap((gpu, index): [string, number | null][] => {
      const name = index === 0 ? 'gpu' : `gpu${index}`;
      return [
        [`${name}-utilization`, gpu.utilization],
        [`${name}-device-memory`, gpu.memoryUsedMiB],
        [`${name}-power`, gpu.powerW],
        [`${name}-temperature`, gpu.temperatureC],
      ];
    }),
  ];
  return readings.flatMap(([key, value]) =>
    value === null ? [] : [{ key: `system/${key}`, step, value, time: own.at }],
  );
}
