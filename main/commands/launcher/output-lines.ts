import type { Mask } from './mask.ts';

/** A line that never ends is cut here. */
const longestLine = 64 * 1024;
/** A progress bar that is drawn over itself becomes a line of the log at most this often. */
const progressMs = 5_000;

/**
 * Turns what a program writes into lines for the log, masked. Of a line that was drawn over itself with carriage returns the
 * last state is kept, as a terminal shows it.
 */
export class OutputLines {
  readonly #mask: Mask;
  #pending = '';
  #lastProgress = 0;

  constructor(mask: Mask) {
    this.#mask = mask;
  }

  /** Lines that are complete now. */
  push(text: string): string {
    const all = this.#pending + text.replaceAll('\0', '');
    const end = all.lastIndexOf('\n') + 1;
    this.#pending = keepLastStates(all.slice(end));
    const lines = all.slice(0, end).split('\n').map(lastState).join('\n');
    return (lines === '' ? '' : this.#mask.line(lines)) + (this.#pending.length > longestLine ? this.#cut() : '');
  }

  /** The state of a progress bar, now and then; any other unfinished line waits for its end, since half a key is no key. */
  progress(now: number): string {
    if (!this.#pending.includes('\r') || now - this.#lastProgress < progressMs) return '';
    this.#lastProgress = now;
    const state = lastState(this.#pending);
    this.#pending = '';
    return state.trim() === '' ? '' : `${this.#mask.line(state)}\n`;
  }

  /** The rest, at the end of the program. */
  end(): string {
    const rest = lastState(this.#pending);
    this.#pending = '';
    return rest === '' ? '' : `${this.#mask.line(rest)}\n`;
  }

  #cut(): string {
    const shown = this.#pending.length - this.#mask.open(this.#pending);
    if (shown <= 0) return '';
    const text = this.#pending.slice(0, shown);
    this.#pending = this.#pending.slice(shown);
    return this.#mask.line(text);
  }
}

/** What a terminal would show last of a line: what comes after the last carriage return that something follows. */
function lastState(line: string): string {
  const text = line.replace(/\r+$/, '');
  return text.slice(text.lastIndexOf('\r') + 1);
}

/** Keeps an unfinished line from growing with every state of a progress bar. */
function keepLastStates(text: string): string {
  const states = text.split('\r');
  return states.length <= 3 ? text : states.slice(-3).join('\r');
}
