import type { GpuReading } from '../../shared/model/hardware.ts';

/** The fields asked of nvidia-smi, in this order. */
export const gpuFields = 'index,name,utilization.gpu,memory.used,memory.total,power.draw,temperature.gpu';

/** One line of `nvidia-smi --format=csv,noheader,nounits`; a field it cannot give (`[N/A]`, `[Not Supported]`) is null. */
export function parseGpuLine(line: string): { index: number; reading: GpuReading } | null {
  const fields = line.split(',').map((field) => field.trim());
  const [index, name] = [Number(fields[0]), fields[1]];
  if (fields.length !== 7 || !Number.isInteger(index) || name === undefined) return null;
  const number = (at: number) => {
    const value = Number(fields[at] || Number.NaN);
    return Number.isFinite(value) ? value : null;
  };
  return {
    index,
    reading: {
      name,
      utilization: number(2),
      memoryUsedMiB: number(3),
      memoryMiB: number(4),
      powerW: number(5),
      temperatureC: number(6),
    },
  };
}

/** One line of `--query-compute-apps=pid,used_memory`. */
export function parseAppLine(line: string): { pid: number; memoryMiB: number } | null {
  const [pid, memoryMiB] = line.split(',').map((field) => Number(field.trim() || Number.NaN));
  if (pid === undefined || memoryMiB === undefined || !Number.isFinite(pid + memoryMiB)) return null;
  return { pid, memoryMiB };
}
