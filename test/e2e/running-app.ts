import type { ChildProcess } from 'node:child_process';
import type { Page } from 'playwright';

export type LaunchOptions = {
  /** A vault that is there already; otherwise a new one that goes with the app. */
  vault?: string;
  env?: NodeJS.ProcessEnv;
};

/** The built app in a process of its own, driven from outside as a person would. */
export type RunningApp = {
  page: Page;
  vault: string;
  process: ChildProcess;
  /** The folder that is the person's own to the app. */
  home: string;
  /** Says beforehand what the next file or folder dialog gives; null: the person cancels. */
  willChoose(path: string | null): void;
  /** What the app wrote to stderr. */
  errors(): string;
  /** Closes the window, which ends the app; resolves with the exit status. */
  close(): Promise<number | null>;
  /** Ends the app's own process as a power cut would, without a word to the processes it started. */
  kill(): Promise<void>;
};
