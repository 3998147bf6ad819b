import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

export type LineSource = { stop(): void };

const firstPauseMs = 1_000;
const longestPauseMs = 60_000;

/**
 * Keeps one program running and hands on its lines. When it ends it is started again after a pause that doubles up to a
 * minute; when it is not there at all, it is given up and `onAbsent` says so.
 */
export function keepReading(
  command: string,
  args: string[],
  on: { line(text: string): void; down(): void; absent(): void },
): LineSource {
  let child: ChildProcess | null = null;
  let timer: NodeJS.Timeout | null = null;
  let pauseMs = firstPauseMs;
  let stopped = false;

  const start = () => {
    timer = null;
    const started = spawn(command, args, { stdio: ['ignore', 'pipe', 'ignore'], windowsHide: true });
    child = started;
    let absent = false;
    started.on('error', (error: NodeJS.ErrnoException) => {
      absent = error.code === 'ENOENT' || error.code === 'EACCES';
      if (absent && !stopped) on.absent();
    });
    createInterface({ input: started.stdout }).on('line', (text) => {
      pauseMs = firstPauseMs;
      if (!stopped) on.line(text);
    });
    started.on('close', () => {
      if (stopped || absent) return;
      on.down();
      timer = setTimeout(start, pauseMs);
      timer.unref();
      pauseMs = Math.min(longestPauseMs, pauseMs * 2);
    });
  };
  start();

  return {
    stop() {
      stopped = true;
      if (timer !== null) clearTimeout(timer);
      // A program that could not be started has no number yet, and 0 would be our own process group.
      if (child?.pid !== undefined) child.kill();
    },
  };
}
