import { appendFileSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { spoolName } from '../job-files.ts';

/** A call that was answered before the tracking server had it. */
export type SpooledCall = { path: string; body: string };

/**
 * Calls that wait for the tracking server, in order, in a file of the job's folder (JSON lines, append only): they survive
 * the end of every process. Delivering one twice does no harm, since the server stores an exact repeat once.
 */
export class Spool {
  readonly #file: string;
  #waiting: SpooledCall[];

  constructor(folder: string) {
    this.#file = join(folder, spoolName);
    this.#waiting = readSpool(folder);
  }

  get length(): number {
    return this.#waiting.length;
  }

  /** Throws when the disk takes no more; the caller then must not say that the call was taken. */
  add(call: SpooledCall): void {
    appendFileSync(this.#file, `${JSON.stringify(call)}\n`, { mode: 0o600 });
    this.#waiting.push(call);
  }

  /**
   * Delivers what waits, in order, also what is added meanwhile; afterwards the file is gone. `deliver` rejects when the server
   * cannot be reached: what is left stays.
   */
  async drain(deliver: (call: SpooledCall) => Promise<void>): Promise<void> {
    for (let call = this.#waiting[0]; call !== undefined; call = this.#waiting[0]) {
      await deliver(call);
      this.#waiting.shift();
    }
    rmSync(this.#file, { force: true });
  }
}

/** A line that was cut by the end of the machine was never acknowledged. */
export function readSpool(folder: string): SpooledCall[] {
  const file = join(folder, spoolName);
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((line) => {
      try {
        return line === '' ? [] : [JSON.parse(line) as SpooledCall];
      } catch {
        return [];
      }
    });
}
