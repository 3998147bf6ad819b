import type { HardwareSample } from '../../shared/model/hardware.ts';

/** What moves from second to second. */
export type Moving = {
  cpu: number | null;
  memory: HardwareSample['memory'];
  diskReadMiBps: number | null;
  diskWriteMiBps: number | null;
};

/** What hardly moves: read every 30 s. */
export type Slow = {
  cpuModel: string;
  cores: number;
  cpuTemperatureC: number | null;
  diskUsedGiB: number | null;
  diskTotalGiB: number | null;
};

/** Counters of this computer but the GPU's. `folder` is on the disk that matters: the vault's. */
export type Machine = { moving(): Promise<Moving>; slow(folder: string): Promise<Slow> };

export const mib = 1024 * 1024;
export const gib = 1024 * mib;
