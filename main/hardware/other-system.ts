import { cpus, freemem, totalmem } from 'node:os';
import { attempt } from './attempt.ts';
import { space } from './linux.ts';
import { type Machine, mib } from './machine.ts';

/** Windows and macOS through systeminformation, which is loaded on the first reading. */
export function otherMachine(): Machine {
  return {
    async moving() {
      const { currentLoad, fsStats } = await import('systeminformation');
      const [load, disk] = await Promise.all([settle(currentLoad()), settle(fsStats())]);
      const perSecond = (bytes: number | null | undefined) => (typeof bytes === 'number' ? bytes / mib : null);
      return {
        cpu: load?.currentLoad ?? null,
        memory: { usedMiB: (totalmem() - freemem()) / mib, totalMiB: totalmem() / mib },
        diskReadMiBps: perSecond(disk?.rx_sec),
        diskWriteMiBps: perSecond(disk?.wx_sec),
      };
    },
    async slow(folder) {
      const { cpuTemperature } = await import('systeminformation');
      const temperature = await settle(cpuTemperature());
      const all = cpus();
      return {
        cpuModel: all[0]?.model.trim() || 'unknown',
        cores: all.length,
        cpuTemperatureC: temperature?.main || null,
        ...(attempt(() => space(folder)) ?? { diskUsedGiB: null, diskTotalGiB: null }),
      };
    },
  };
}

const settle = <T>(reading: Promise<T>): Promise<T | null> => reading.catch(() => null);
