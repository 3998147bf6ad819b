import { readFileSync } from 'node:fs';

/** Processes that the kernel has killed for want of memory since it started, or null where nobody counts (not Linux). */
export function oomKills(): number | null {
  try {
    const count = /^oom_kill (\d+)$/m.exec(readFileSync('/proc/vmstat', 'utf8'))?.[1];
    return count === undefined ? null : Number(count);
  } catch {
    return null;
  }
}

/** True when the kernel has killed something for want of memory since the count `before`. */
export function killedForMemory(before: number | null): boolean {
  const now = oomKills();
  return before !== null && now !== null && now > before;
}
