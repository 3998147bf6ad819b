import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

type Process = { pid: number; parent: number; command: string };

/** Every process of this machine; Linux only. */
function all(): Process[] {
  return readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      // `pid (name) state parent …`; the name may hold anything but the last parenthesis.
      const [state, parent] = readFileSync(`/proc/${name}/stat`, 'utf8')
        .replace(/^.*\) /s, '')
        .split(' ');
      const command = readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
      // A zombie has ended; only its parent has not asked how.
      return state === 'Z' ? [] : [{ pid: Number(name), parent: Number(parent), command }];
    } catch {
      return [];
    }
  });
}

/** Every process that this one started, directly or not. */
export function descendants(pid: number): Process[] {
  const every = all();
  const below = (parent: number): Process[] =>
    every.filter((each) => each.parent === parent).flatMap((each) => [each, ...below(each.pid)]);
  return below(pid);
}

/** Every process whose working folder is this one or below it. */
export function processesWorkingIn(folder: string): Process[] {
  return all().filter(({ pid }) => {
    try {
      return `${readlinkSync(`/proc/${pid}/cwd`)}/`.startsWith(`${folder}/`);
    } catch {
      return false;
    }
  });
}

/** Which of these still run. */
export function alive(processes: readonly Process[]): Process[] {
  const every = all();
  return processes.filter(({ pid, command }) => every.some((each) => each.pid === pid && each.command === command));
}

/** The trainer of an app. Throws when none is running. */
export function trainerOf(app: number): number {
  const found = descendants(app).find(({ command }) => /trainer\.js/.test(command));
  if (found === undefined) throw new Error('no trainer is running');
  return found.pid;
}
