import type { Vault } from '../../store/vault.ts';
import type { ProcessTree } from './stop-job.ts';

/** What other features do for a host; whoever starts it passes them in. */
export type HostParts = {
  vault: Vault;
  /** Starts the tracking server on a socket in the working folder, for clients that call `port`. */
  startTracker(options: {
    run: string;
    socket: string;
    port: number;
    token: string;
  }): Promise<{ close(): Promise<void> }>;
  /** Measures the tree of processes below `pid` into the run's `system/…` series until the signal aborts. */
  watchHardware(runId: string, pid: number, signal: AbortSignal, startedAt: number): void;
  tree: ProcessTree;
  log(what: string, error: unknown): void;
};
