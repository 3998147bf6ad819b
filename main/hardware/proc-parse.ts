/** Readings of Linux's /proc as pure functions of the files' text. Times are in ticks of 10 ms (USER_HZ is 100 on every Linux). */

export type CpuTicks = { busy: number; total: number };

/** First line of /proc/stat: time of all cores since boot; waiting for a disk counts as idle. */
export function parseCpu(stat: string): CpuTicks | null {
  const fields = /^cpu +(.+)$/m.exec(stat)?.[1]?.split(/ +/).map(Number);
  if (fields === undefined || fields.length < 5 || fields.some(Number.isNaN)) return null;
  // guest time (fields 8 and 9) is part of user time already
  const total = fields.slice(0, 8).reduce((sum, ticks) => sum + ticks, 0);
  return { busy: total - (fields[3] ?? 0) - (fields[4] ?? 0), total };
}

/** MiB in use (total less available) and in all, of /proc/meminfo. */
export function parseMemory(meminfo: string): { usedMiB: number; totalMiB: number } | null {
  const kib = (name: string) => Number(new RegExp(`^${name}: +(\\d+) kB`, 'm').exec(meminfo)?.[1] ?? Number.NaN);
  const total = kib('MemTotal');
  const available = kib('MemAvailable');
  if (Number.isNaN(total) || Number.isNaN(available)) return null;
  return { usedMiB: (total - available) / 1024, totalMiB: total / 1024 };
}

export type DiskBytes = { read: number; written: number };

/** Whole disks only: a partition, a loop or a mapped device would count the same bytes again. */
const wholeDisk = /^(sd[a-z]+|hd[a-z]+|vd[a-z]+|xvd[a-z]+|nvme\d+n\d+|mmcblk\d+)$/;

/** Bytes read from and written to all whole disks since boot, of /proc/diskstats (its sectors are 512 bytes); null without any. */
export function parseDisks(diskstats: string): DiskBytes | null {
  const disks = diskstats
    .split('\n')
    .map((line) => line.trim().split(/ +/))
    .filter(([, , name]) => wholeDisk.test(name ?? ''));
  if (disks.length === 0) return null;
  const sum = (field: number) => disks.reduce((total, fields) => total + Number(fields[field] ?? 0) * 512, 0);
  return { read: sum(5), written: sum(9) };
}

export type ProcessTicks = { ticks: number; startedAt: number };

/** CPU time of one process in ticks and when it started, of /proc/<pid>/stat. The name may hold spaces and brackets. */
export function parseProcess(stat: string): ProcessTicks | null {
  const fields = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number);
  const [user, system, started] = [fields[11], fields[12], fields[19]];
  if (user === undefined || system === undefined || started === undefined || Number.isNaN(user + system + started))
    return null;
  return { ticks: user + system, startedAt: started };
}

/** Resident memory in MiB, of /proc/<pid>/status; pages shared with other processes included. */
export function parseResident(status: string): number | null {
  const kib = /^VmRSS:\s+(\d+) kB/m.exec(status)?.[1];
  return kib === undefined ? null : Number(kib) / 1024;
}
