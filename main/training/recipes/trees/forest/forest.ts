import { Worker } from 'node:worker_threads';
import { AppError } from '../../../../../shared/errors.ts';
import { createRandom } from '../../../../../shared/statistics/random.ts';
import { entryUrl } from '../../../../platform/entry.ts';
import { isOutOfMemory } from '../../out-of-memory.ts';
import { type BinTable, binCount } from '../bin-table.ts';
import { binAll, binItem, createBinArena } from '../binning.ts';
import type { TreeColumn } from '../bins.ts';
import { Crew } from '../crew/crew.ts';
import { createForestArena, type ForestArena, type ForestOptions } from './arena.ts';
import { type GrownTree, TreeGrower } from './grow-tree.ts';

/** Cells, and rows over all trees, below which starting threads takes longer than the work. */
const SMALL_BINNING = 2_000_000;
const SMALL_FOREST = 200_000;

export type ForestInput = {
  /** Row-major rows × columns; NaN where missing. */
  x: Float64Array;
  rows: number;
  columns: TreeColumn[];
  /** Class index, or the target. */
  y: Float64Array;
  classWeights: Float64Array;
  options: ForestOptions;
  maxBins: number;
  threads: number;
  seed: number;
};

/** What a forest is grown from: binned rows in shared memory. */
export function prepareForest(input: ForestInput): { arena: ForestArena; table: BinTable } {
  const { x, rows, columns, y, classWeights, options, maxBins, seed } = input;
  const threads = rows * columns.length < SMALL_BINNING ? 1 : input.threads;
  const binning = createBinArena(columns, rows, { maxBins, layout: 'columns', threads, seed });
  const crew = new Crew('binning', binning, (_, item) => binItem(binning, item), threads);
  const table = binAll(binning, x, crew, 0, columns);
  crew.close();
  const arena = createForestArena(binning, options, y, classWeights);
  arena.binCounts.set(columns.map((_, j) => binCount(table, j)));
  return { arena, table };
}

/** The seed of each tree. */
export function seedsOf(seed: number, trees: number): number[] {
  const random = createRandom(seed);
  return Array.from({ length: trees }, () => random.next());
}

/**
 * Grows trees `first` to `last` and tells each to `onTree`, in their order. Trees are divided among threads; each comes from its
 * own seed, so the forest is the same for any number of threads. When `onTree` throws, growing ends; OUT_OF_MEMORY or
 * TRAINER_CRASHED once a thread has ended early.
 */
export async function growForest(
  arena: ForestArena,
  options: { first: number; last: number; seed: number; threads: number },
  onTree: (tree: number, grown: GrownTree) => Promise<void>,
): Promise<void> {
  const { first, last, seed } = options;
  const seeds = seedsOf(seed, last);
  if (arena.rows * (last - first) < SMALL_FOREST) {
    const grower = new TreeGrower(arena);
    for (let tree = first; tree < last; tree++) await onTree(tree, grower.grow(seeds[tree]!));
    return;
  }
  const workers = Array.from(
    { length: Math.min(options.threads, last - first) },
    () =>
      new Worker(entryUrl('training/recipes/trees/tree-worker'), {
        workerData: { kind: 'forest', arena },
        name: 'tree-worker',
      }),
  );
  try {
    const grown = new Map<number, GrownTree>();
    let asked = first;
    let heard: () => void = () => {};
    let failure: AppError | null = null;
    const ask = (worker: Worker): void => {
      // Trees that wait for an earlier one are few: nobody runs further ahead than this.
      if (asked < last) worker.postMessage({ tree: asked, seed: seeds[asked++]! });
    };
    for (const worker of workers) {
      worker.on('message', (message: { number: number; grown: GrownTree }) => {
        grown.set(message.number, message.grown);
        ask(worker);
        heard();
      });
      const end = (error: AppError): void => {
        failure ??= error;
        heard();
      };
      worker.on('error', (cause) => end(deadThread(cause)));
      worker.on('exit', () => end(deadThread()));
      ask(worker);
    }
    for (let tree = first; tree < last; tree++) {
      while (!grown.has(tree)) {
        if (failure !== null) throw failure;
        await new Promise<void>((resolve) => {
          heard = resolve;
        });
      }
      const next = grown.get(tree)!;
      grown.delete(tree);
      await onTree(tree, next);
    }
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}

function deadThread(cause?: unknown): AppError {
  if (isOutOfMemory(cause)) {
    return new AppError(
      'OUT_OF_MEMORY',
      'A thread that grows trees ran out of memory.',
      'Train with fewer cores, or with a smaller max_depth.',
      { cause },
    );
  }
  const message = 'A thread that grows trees ended early; the log may say why.';
  return new AppError('TRAINER_CRASHED', message, undefined, { cause });
}
