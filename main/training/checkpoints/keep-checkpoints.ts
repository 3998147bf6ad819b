import { Worker } from 'node:worker_threads';
import { entryUrl } from '../../platform/entry.ts';
import { checkpointsFolder } from '../../store/checkpoint-files.ts';
import type { Checkpoints } from '../checkpoints.ts';
import type { FitState } from '../recipes/recipe.ts';
import type { Reporter } from '../reporter.ts';
import type { SavedCheckpoint } from './format.ts';
import { readCheckpoints } from './read-checkpoints.ts';
import type { FromCheckpointWriter, ToCheckpointWriter, WriterStart } from './writer-messages.ts';

/** Two checkpoints are at least this far apart: epochs may take a millisecond. */
const EVERY_MS = 500;
/** Of the time since the run began, what copies in the trainer and the writer's thread may take together. */
const SHARE = 0.01;

export type CheckpointOptions = {
  vaultDir: string;
  runId: string;
  recipe: { id: string; version: string };
  /** Epochs between checkpoints. */
  every: number;
  /** What the recipe counts: `epochs`, `trees`. */
  unit: string;
};

export type KeptCheckpoints = Checkpoints & {
  /** Resolves when all that was handed over is on disk. */
  written(): Promise<void>;
};

type Due = { saved: () => Promise<SavedCheckpoint>; breaths: number };

/**
 * Checkpoints in the run's folder. After every N-th epoch the state is copied and handed to a thread that writes it, unless one
 * was taken within half a second, another is still being written, or checkpoints have taken more than their share of the
 * time: then the epoch is only remembered, and taken should the run be stopped right after it.
 */
export function keepCheckpoints(options: CheckpointOptions, reporter: Reporter): KeptCheckpoints {
  const { vaultDir, runId, recipe } = options;
  const found = readCheckpoints(vaultDir, runId, recipe, (line) => reporter.log(line));
  const began = performance.now();
  let worker: Worker | null = null;
  let writing = 0;
  let spentMs = 0;
  let lastAt = began;
  let last: Due | null = null;
  let idle = Promise.withResolvers<void>();
  let complained = false;

  const start = (): Worker => {
    const made = new Worker(entryUrl('training/checkpoints/checkpoint-writer'), {
      workerData: { folder: checkpointsFolder(vaultDir, runId) } satisfies WriterStart,
    });
    made.on('message', ({ cpuMs, failed }: FromCheckpointWriter) => {
      spentMs += cpuMs;
      if (failed !== null && !complained) {
        complained = true;
        reporter.log(`A checkpoint could not be written (${failed}); training goes on without it.`);
      }
      ended(1);
    });
    made.on('error', () => {});
    made.on('exit', () => {
      worker = null;
      ended(writing);
    });
    made.unref();
    return made;
  };
  const ended = (count: number): void => {
    writing -= count;
    if (writing > 0) return;
    idle.resolve();
    idle = Promise.withResolvers();
  };
  const hand = (write: SavedCheckpoint): void => {
    worker ??= start();
    writing++;
    worker.postMessage({ write } satisfies ToCheckpointWriter);
  };
  const take = async (due: Due): Promise<void> => {
    const before = performance.now();
    last = null;
    hand(await due.saved());
    lastAt = performance.now();
    spentMs += lastAt - before;
  };
  reporter.atStop(async () => {
    // State can be asked for right after the epoch only: later it is that of the middle of the next one.
    if (last !== null && reporter.breaths() === last.breaths + 1) await take(last);
    await written();
  });
  const written = async (): Promise<void> => {
    while (writing > 0) await idle.promise;
  };
  const header = (fit: string, epoch: number | null, score: number | null) => ({
    recipe: recipe.id,
    recipeVersion: recipe.version,
    fit,
    epoch,
    score,
    points: reporter.recentPoints(),
  });

  return {
    of(fit) {
      const saved = found.newest(fit);
      if (saved !== null && saved.header.epoch !== null) {
        reporter.repeat(saved.header.points);
        reporter.log(`Goes on after epoch ${saved.header.epoch} of ${fit}.`);
      }
      return {
        saved: saved === null || saved.header.epoch === null ? null : saved.state,
        async offer(epoch, state, score) {
          reporter.step(epoch, options.unit);
          const due: Due = {
            saved: async () => ({ header: header(fit, epoch, score ?? null), state: await state() }),
            breaths: reporter.breaths(),
          };
          last = due;
          if (epoch % options.every !== 0 || writing > 0) return;
          const now = performance.now();
          if (now - lastAt < EVERY_MS || spentMs > SHARE * (now - began)) return;
          await take(due);
        },
      };
    },
    finished(fit) {
      const saved = found.newest(fit);
      if (saved === null || saved.header.epoch !== null) return null;
      reporter.repeat(saved.header.points);
      const { document, coefficients } = saved.state.document as {
        document: Record<string, unknown>;
        coefficients: never;
      };
      const weights = saved.state.arrays.find((array) => array instanceof Uint8Array) ?? null;
      const outOfBag = saved.state.arrays.find((array) => array instanceof Float64Array);
      return { document, coefficients, weights, ...(outOfBag ? { outOfBag } : {}) };
    },
    keep(fit, { document, weights, coefficients, outOfBag }) {
      const arrays = [weights, outOfBag].filter((array) => array !== null && array !== undefined);
      const state: FitState = { document: { document, coefficients }, arrays };
      last = null;
      hand({ header: header(fit, null, null), state });
    },
    written,
  };
}
