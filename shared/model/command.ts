import { z } from 'zod';

/** A file of a command's code that the snapshot does not hold, and why. Paths are relative to the snapshot's folder. */
export const leftOut = z.strictObject({ path: z.string(), why: z.enum(['too-large', 'not-text', 'over-the-limit']) });

export const codeSnapshot = z.strictObject({
  /** Null where the folder is not in a Git repository. */
  git: z
    .strictObject({
      commit: z.string().nullable(),
      branch: z.string().nullable(),
      /** Tracked files that differ from the commit, deleted ones included. */
      changed: z.int(),
      untracked: z.int(),
    })
    .nullable(),
  /** Files in `code.zip`, by path. `state` says what a file is to the commit; `whole` where there is none. */
  files: z.array(
    z.strictObject({ path: z.string(), bytes: z.int(), state: z.enum(['changed', 'untracked', 'whole', 'script']) }),
  ),
  deleted: z.array(z.string()),
  leftOut: z.array(leftOut),
  /** What could not be found out, in words; null when nothing was missed. */
  problem: z.string().nullable(),
});
export type CodeSnapshot = z.infer<typeof codeSnapshot>;

/** What runs the command's code, and the packages it finds there. */
export const commandEnvironment = z.strictObject({
  interpreter: z
    .strictObject({ kind: z.enum(['python', 'r', 'node']), version: z.string(), program: z.string() })
    .nullable(),
  packages: z.array(
    z.strictObject({ manager: z.enum(['pip', 'conda', 'r', 'npm']), name: z.string(), version: z.string() }),
  ),
  /** Files that pin packages, found in the working folder or above it in its repository: `uv.lock`, `renv.lock`, … */
  lockFiles: z.array(z.strictObject({ name: z.string(), sha256: z.string() })),
  cuda: z.string().nullable(),
  gpus: z.array(z.string()),
  driver: z.string().nullable(),
  problems: z.array(z.string()),
});
export type CommandEnvironment = z.infer<typeof commandEnvironment>;

/** A seed that is set somewhere in plain sight: an argument, a variable, or a call in the script. */
export const seenSeed = z.strictObject({ where: z.string(), value: z.int() });
export type SeenSeed = z.infer<typeof seenSeed>;

export const networkState = z.strictObject({
  off: z.boolean(),
  /** By what means, or why it is not off. */
  how: z.string(),
  /** Why it was allowed, as the person said. */
  reason: z.string().nullable(),
  /** Attempts to reach something outside that were refused. */
  refused: z.int(),
});
export type NetworkState = z.infer<typeof networkState>;

/** What is recorded of a run that is a command of one's own. */
export const commandRecord = z.strictObject({
  argv: z.array(z.string()),
  folder: z.string(),
  /** Of `wardbook.project.yaml`. */
  entry: z.string().nullable(),
  network: networkState,
  exitCode: z.int().nullable(),
  signal: z.string().nullable(),
  /** The last traceback of the output, masked like it. */
  traceback: z.string().nullable(),
  seeds: z.array(seenSeed),
  /**
   * What the script's client said of the run last, and when it put the end (ms since 1970); the
   * run ends when the command does. Absent where it said nothing.
   */
  clientEnd: z
    .strictObject({
      status: z.enum(['finished', 'failed', 'stopped', 'running', 'queued']).nullable(),
      endedAt: z.int().nullable(),
    })
    .optional(),
});
export type CommandRecord = z.infer<typeof commandRecord>;
