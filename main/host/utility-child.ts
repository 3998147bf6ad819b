import { fileURLToPath } from 'node:url';
import { utilityProcess } from 'electron';
import type { StartChild } from '../platform/child.ts';

/** A child on Electron's own Node. It ends with the app, whatever ends the app. */
export const utilityChild: StartChild = (entry, options) => {
  const child = utilityProcess.fork(fileURLToPath(entry), [], {
    serviceName: options.name ?? 'Wardbook helper',
    env: options.env ?? process.env,
    execArgv: options.execArgv ?? [],
    stdio: 'pipe',
  });
  child.stdout?.on('data', (data: Buffer) => options.onOutput?.(data.toString('utf8'), 'stdout'));
  child.stderr?.on('data', (data: Buffer) => options.onOutput?.(data.toString('utf8'), 'stderr'));
  child.on('message', (message: unknown) => options.onMessage(message));
  // Electron gives no signal: a killed child has a code that is not its own.
  child.on('exit', (code) => options.onExit({ code, signal: null }));
  return {
    get pid() {
      return child.pid;
    },
    send: (message) => child.postMessage(message),
    kill: (signal = 'SIGKILL') => {
      if (child.pid !== undefined) process.kill(child.pid, signal);
    },
  };
};
