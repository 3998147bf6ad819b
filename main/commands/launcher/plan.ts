import type { NodeProgram } from '../../platform/node-program.ts';
import type { ProcessIdentity } from '../../platform/process-identity.ts';

/** What a launcher is told on its standard input; it holds a token, so it is never an argument or a file. */
export type LaunchPlan = {
  /** The job folder, where all files and the socket are. */
  folder: string;
  logFile: string;
  token: string;
  /** Null: start the command. Otherwise look after one that lost its launcher. */
  running: { job: ProcessIdentity; port: number } | null;
  argv: string[];
  /** The working folder of the command. */
  cwd: string;
  /** On top of the environment of the launcher; a null takes a variable away. */
  env: Record<string, string | null>;
  /** Whether the tracking server's address is to be in the environment. */
  tracked: boolean;
  /** Starts a host anew when the present one is gone; null leaves that to the next Wardbook that opens the vault. */
  host: NodeProgram | null;
};
