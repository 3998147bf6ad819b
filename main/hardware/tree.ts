import { readdirSync, readFileSync } from 'node:fs';
import type { ProcessTreeSample } from '../../shared/model/hardware.ts';
import { attempt } from './attempt.ts';
import { parseProcess, parseResident } from './proc-parse.ts';

/** Measures one process and all its descendants; each call since the last one. */
export type TreeMeter = (gpuMemory: Map<number, number> | null) => ProcessTreeSample;

/**
 * The tree below `pid` on Linux, from /proc. CPU is the time its living processes used since the last call (since
 * their start at first), in percent of one core; memory is resident memory, so that pages shared by two of them count twice.
 */
export function linuxTreeMeter(pid: number): TreeMeter {
  let before: { at: number; ticks: Map<string, number> } | null = null;
  return (gpuMemory) => {
    const at = performance.now();
    const pids = processTree(pid);
    const ticks = new Map<string, number>();
    let memoryMiB: number | null = null;
    let used = 0;
    for (const each of pids) {
      const process = attempt(() => parseProcess(readFileSync(`/proc/${each}/stat`, 'utf8')));
      if (process === null) continue;
      // A process id may be given again; with its start time it is one process.
      const key = `${each} ${process.startedAt}`;
      ticks.set(key, process.ticks);
      used += Math.max(0, process.ticks - (before?.ticks.get(key) ?? 0));
      const resident = attempt(() => parseResident(readFileSync(`/proc/${each}/status`, 'utf8')));
      if (resident !== null) memoryMiB = (memoryMiB ?? 0) + resident;
    }
    const elapsed = before === null ? age(pid) : at - before.at;
    const cpu = elapsed <= 0 || ticks.size === 0 ? null : (used * 10 * 100) / elapsed;
    before = { at, ticks };
    return { at: Date.now(), cpu, memoryMiB, processes: ticks.size, gpuMemoryMiB: gpuMemoryOf(pids, gpuMemory) };
  };
}

/** Milliseconds since a process started; 0 when it is gone. */
function age(pid: number): number {
  const upMs = attempt(() => Number.parseFloat(readFileSync('/proc/uptime', 'utf8')) * 1_000);
  const process = attempt(() => parseProcess(readFileSync(`/proc/${pid}/stat`, 'utf8')));
  return upMs === null || process === null ? 0 : upMs - process.startedAt * 10;
}

/** Where a process tree cannot be read cheaply: nothing but the GPU's own account of the process itself. */
export function blankTreeMeter(pid: number): TreeMeter {
  return (gpuMemory) => ({
    at: Date.now(),
    cpu: null,
    memoryMiB: null,
    processes: 1,
    gpuMemoryMiB: gpuMemoryOf([pid], gpuMemory),
  });
}

export const treeMeter = (pid: number): TreeMeter =>
  process.platform === 'linux' ? linuxTreeMeter(pid) : blankTreeMeter(pid);

function gpuMemoryOf(pids: number[], memory: Map<number, number> | null): number | null {
  if (memory === null) return null;
  return pids.reduce((sum, pid) => sum + (memory.get(pid) ?? 0), 0);
}

/** `pid` and every descendant that lives: each thread may have started children of its own. */
export function processTree(pid: number): number[] {
  const found = [pid];
  for (let i = 0; i < found.length; i++) found.push(...childrenOf(found[i] as number));
  return found;
}

function childrenOf(pid: number): number[] {
  const folder = `/proc/${pid}/task`;
  const threads = attempt(() => readdirSync(folder)) ?? [];
  return threads.flatMap((thread) =>
    (attempt(() => readFileSync(`${folder}/${thread}/children`, 'utf8')) ?? '').split(' ').filter(Boolean).map(Number),
  );
}
