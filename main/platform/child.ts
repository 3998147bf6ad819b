import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export type ChildExit = { code: number | null; signal: NodeJS.Signals | null };

export type ChildOptions = {
  /** Shown in process lists where the host can. */
  name?: string;
  env?: NodeJS.ProcessEnv;
  execArgv?: string[];
  onMessage(message: unknown): void;
  /** Text the child writes to stdout or stderr. */
  onOutput?(text: string, stream: 'stdout' | 'stderr'): void;
  /** Called once, when the process is gone and its output is read. */
  onExit(exit: ChildExit): void;
};

/** A child process of ours: messages are structured clones, so typed arrays travel as they are. */
export type Child = {
  readonly pid: number | undefined;
  send(message: unknown): void;
  kill(signal?: NodeJS.Signals): void;
};

export type StartChild = (entry: URL, options: ChildOptions) => Child;

/** Starts a child on plain Node. The child ends when its channel closes, so it never outlives its parent. */
export const forkChild: StartChild = (entry, options) => {
  const child = fork(fileURLToPath(entry), [], {
    serialization: 'advanced',
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: options.env ?? process.env,
    execArgv: options.execArgv ?? [],
  });
  child.stdout?.setEncoding('utf8').on('data', (text: string) => options.onOutput?.(text, 'stdout'));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => options.onOutput?.(text, 'stderr'));
  child.on('message', (message) => options.onMessage(message));
  let exited = false;
  const exit = (end: ChildExit): void => {
    if (exited) return;
    exited = true;
    options.onExit(end);
  };
  child.on('close', (code, signal) => exit({ code, signal }));
  // A process that could not be started or written to has no other sign of its end.
  child.on('error', () => {
    if (child.pid === undefined) exit({ code: null, signal: null });
  });
  return {
    pid: child.pid,
    send: (message) => {
      if (child.connected) child.send(message as object, () => {});
    },
    kill: (signal = 'SIGKILL') => {
      child.kill(signal);
    },
  };
};

let starter: StartChild = forkChild;

/** On Electron main.ts puts a starter over `utilityProcess` here; everywhere else children are forked. */
export function useChildStarter(other: StartChild): void {
  starter = other;
}

export const startChild: StartChild = (entry, options) => starter(entry, options);
