import {
  closeSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  utimesSync,
  watch,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';

/**
 * One app per user-data folder: a file that holds the process id of the one that runs. A second start leaves its command line beside
 * it and touches the file, which the first one sees.
 * @returns the function that gives the lock back, or null when another process has it
 */
export function takeInstanceLock(
  folder: string,
  argv: readonly string[],
  onSecond: (argv: string[]) => void,
): (() => void) | null {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, 'instance.lock');
  if (!create(file)) {
    if (isAlive(Number.parseInt(read(file), 10))) {
      writeFileSync(join(folder, secondStart), JSON.stringify(argv), { mode: 0o600 });
      utimesSync(file, new Date(), new Date());
      return null;
    }
    rmSync(file, { force: true });
    if (!create(file)) return null;
  }
  const watcher = watch(file, { persistent: false }, () => {
    if (read(file) !== '') onSecond(takeArguments(join(folder, secondStart)));
  });
  return () => {
    watcher.close();
    rmSync(file, { force: true });
  };
}

const secondStart = 'second-start.json';

/** The command line of the second start, once; empty when there is none that can be read. */
function takeArguments(file: string): string[] {
  try {
    const argv: unknown = JSON.parse(read(file));
    rmSync(file, { force: true });
    return Array.isArray(argv) ? argv.filter((one) => typeof one === 'string') : [];
  } catch {
    return [];
  }
}

/** Whether a process with this id runs, whoever's it is. */
export function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function create(file: string): boolean {
  try {
    const handle = openSync(file, 'wx', 0o600);
    writeSync(handle, String(process.pid));
    closeSync(handle);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
