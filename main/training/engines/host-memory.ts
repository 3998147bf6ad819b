import { readFileSync } from 'node:fs';
import { freemem, totalmem } from 'node:os';

export type Memory = { memoryMiB: number | null; freeMemoryMiB: number | null };

/** Memory of this machine, and what a program could still have; Linux counts its file cache as available. */
export function hostMemory(): Memory {
  return { memoryMiB: toMiB(totalmem()), freeMemoryMiB: availableMiB() ?? toMiB(freemem()) };
}

function availableMiB(): number | null {
  try {
    const kib = /^MemAvailable: +(\d+) kB/m.exec(readFileSync('/proc/meminfo', 'utf8'))?.[1];
    return kib === undefined ? null : Math.round(Number(kib) / 1024);
  } catch {
    return null;
  }
}

const toMiB = (bytes: number): number => Math.round(bytes / 2 ** 20);
