import { existsSync, readdirSync, readFileSync, statfsSync } from 'node:fs';
import { cpus } from 'node:os';
import { dirname } from 'node:path';
import { attempt } from './attempt.ts';
import { gib, type Machine, type Moving, mib, type Slow } from './machine.ts';
import { type CpuTicks, parseCpu, parseDisks, parseMemory } from './proc-parse.ts';
import { createRate } from './rate.ts';

/** Reads /proc and /sys: some 0.2 ms a second, where asking through processes costs 50. */
export function linuxMachine(): Machine {
  const readRate = createRate();
  const writeRate = createRate();
  let before: CpuTicks | null = null;

  const moving = async (): Promise<Moving> => {
    const at = performance.now();
    const cpu = attempt(() => parseCpu(read('/proc/stat')));
    const disks = attempt(() => parseDisks(read('/proc/diskstats')));
    const [readBps, writeBps] = [readRate(disks?.read ?? null, at), writeRate(disks?.written ?? null, at)];
    const busy = share(before, cpu);
    before = cpu;
    return {
      cpu: busy,
      memory: attempt(() => parseMemory(read('/proc/meminfo'))) ?? { usedMiB: null, totalMiB: null },
      diskReadMiBps: readBps === null ? null : readBps / mib,
      diskWriteMiBps: writeBps === null ? null : writeBps / mib,
    };
  };

  return { moving, slow: async (folder) => ({ ...processor(), ...space(folder) }) };
}

const read = (path: string): string => readFileSync(path, 'utf8');

/** Percent of all cores between two readings; null without two. */
function share(before: CpuTicks | null, now: CpuTicks | null): number | null {
  if (before === null || now === null || now.total <= before.total) return null;
  return Math.min(100, Math.max(0, (100 * (now.busy - before.busy)) / (now.total - before.total)));
}

function processor(): Pick<Slow, 'cpuModel' | 'cores' | 'cpuTemperatureC'> {
  const all = cpus();
  return { cpuModel: all[0]?.model.trim() || 'unknown', cores: all.length, cpuTemperatureC: attempt(temperature) };
}

/** Used and total space of the disk that holds a folder; the nearest folder that exists. */
export function space(folder: string): Pick<Slow, 'diskUsedGiB' | 'diskTotalGiB'> {
  const stat = attempt(() => statfsSync(nearest(folder)));
  if (stat === null) return { diskUsedGiB: null, diskTotalGiB: null };
  const total = stat.blocks * stat.bsize;
  return { diskUsedGiB: (total - stat.bfree * stat.bsize) / gib, diskTotalGiB: total / gib };
}

function nearest(folder: string): string {
  return existsSync(folder) || dirname(folder) === folder ? folder : nearest(dirname(folder));
}

const cpuSensors = new Set(['coretemp', 'k10temp', 'zenpower', 'cpu_thermal']);

/** Of the processor's own sensor; null where the machine shows none, as virtual ones do. */
function temperature(): number | null {
  const root = '/sys/class/hwmon';
  const sensor = readdirSync(root).find((name) => cpuSensors.has(read(`${root}/${name}/name`).trim()));
  if (sensor === undefined) return null;
  const milliDegrees = Number(read(`${root}/${sensor}/temp1_input`));
  return Number.isFinite(milliDegrees) ? milliDegrees / 1000 : null;
}
