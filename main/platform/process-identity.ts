import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** A process that cannot be mistaken for a later one of the same number: with when it started, and in which start of the machine. */
export type ProcessIdentity = { pid: number; started: string | null; boot: string | null };

export const identityOf = (pid: number): ProcessIdentity => ({ pid, started: startOf(pid), boot: bootId() });

/** Whether that very process still runs; one that has ended and waits for its parent (a zombie) does not. */
export function isAlive({ pid, started, boot }: ProcessIdentity): boolean {
  if (boot !== null && boot !== bootId()) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  const now = startOf(pid);
  // Where the system tells no start times, the number has to do.
  return started === null || now === started;
}

/** Whether the machine was started anew since; false where the system does not say. */
export const machineRestartedSince = ({ boot }: ProcessIdentity): boolean => boot !== null && boot !== bootId();

/** When a process started, as a text that is only compared; null for none, for a zombie, and where the system does not say. */
function startOf(pid: number): string | null {
  if (process.platform === 'linux') {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      // The name before it may hold spaces and brackets.
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return fields[0] === 'Z' || fields[0] === 'X' ? null : (fields[19] ?? null);
    } catch {
      return null;
    }
  }
  if (process.platform === 'win32') return null;
  const { stdout } = spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8', timeout: 2_000 });
  return stdout?.trim() || null;
}

let boot: string | null | undefined;

/** Names this start of the machine; null where the system does not. */
function bootId(): string | null {
  boot ??= readBootId();
  return boot;
}

function readBootId(): string | null {
  try {
    if (process.platform === 'linux') return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    return null;
  }
  if (process.platform !== 'darwin') return null;
  const { stdout } = spawnSync('sysctl', ['-n', 'kern.bootsessionuuid'], { encoding: 'utf8', timeout: 2_000 });
  return stdout?.trim() || null;
}
