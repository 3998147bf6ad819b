import { spawnSync } from 'node:child_process';
import { appendFileSync, closeSync, constants, existsSync, openSync } from 'node:fs';
import { Socket } from 'node:net';
import { join } from 'node:path';
import { outputName } from '../job-files.ts';
import { createMask } from './mask.ts';
import { OutputLines } from './output-lines.ts';

/** A log that grew beyond this is a mistake in a loop; the run goes on, its further output is counted only. */
const mostBytes = 256 * 2 ** 20;
const progressEveryMs = 1_000;

export type OutputReader = {
  /** What the command gets as its standard output and error: the same for both, so that their order is kept. */
  stdio: number | 'pipe';
  /** Text from elsewhere: where there is no named pipe. */
  take(bytes: Buffer): void;
  /** A line of Wardbook's own in the log. */
  note(line: string): void;
  /** Reads what is left and stores the rest. */
  finish(): Promise<void>;
};

/**
 * Reads a command's output, masks it and appends it to the run's log. The command holds both ends of a named pipe, so that it
 * never meets a broken one: when this process is killed, it goes on and another reader takes over. Where named pipes cannot
 * be made (Windows) it is an ordinary pipe.
 */
export function readOutput(folder: string, logFile: string, env: NodeJS.ProcessEnv): OutputReader {
  const lines = new OutputLines(createMask(env));
  let stored = 0;
  const store = (text: string): void => {
    if (text === '' || stored > mostBytes) return;
    stored += text.length;
    const last = stored > mostBytes ? '\n[wardbook] The output is too long; nothing more of it is stored.\n' : '';
    try {
      appendFileSync(logFile, Buffer.from(text + last, 'latin1'), { mode: 0o600 });
    } catch {
      // A full disk: the command goes on, its output is lost until there is room.
    }
  };
  const take = (bytes: Buffer): void => store(lines.push(bytes.toString('latin1')));
  const timer = setInterval(() => store(lines.progress(Date.now())), progressEveryMs);
  timer.unref();
  const fifo = openFifo(join(folder, outputName));
  fifo?.reader.on('data', take);

  return {
    stdio: fifo?.writer ?? 'pipe',
    take,
    note: (line) => store(`[wardbook] ${Buffer.from(line, 'utf8').toString('latin1')}\n`),
    async finish() {
      clearInterval(timer);
      if (fifo !== null) {
        // What is in the pipe now is read in the next turns of the loop.
        let before = -1;
        for (let quiet = 0; quiet < 3; before = fifo.reader.bytesRead) {
          await new Promise((resolve) => setTimeout(resolve, 10));
          quiet = fifo.reader.bytesRead === before ? quiet + 1 : 0;
        }
        fifo.reader.destroy();
        closeSync(fifo.writer);
      }
      store(lines.end());
    },
  };
}

function openFifo(path: string): { writer: number; reader: Socket } | null {
  if (process.platform === 'win32') return null;
  if (!existsSync(path) && spawnSync('mkfifo', ['-m', '600', path]).status !== 0) return null;
  const writer = openSync(path, constants.O_RDWR);
  const reader = new Socket({
    fd: openSync(path, constants.O_RDONLY | constants.O_NONBLOCK),
    readable: true,
    writable: false,
  });
  return { writer, reader };
}
