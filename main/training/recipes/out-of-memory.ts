import { AppError } from '../../../shared/errors.ts';
import type { Report } from './recipe.ts';

/** Where typed arrays cannot be had: they lie outside V8's heap, so its own limit never speaks. */
const NO_MEMORY = /array buffer allocation failed|invalid typed array length|invalid array length|out of memory/i;

/** Whether an error says that memory, of the host or of a device, could not be had. */
export const isOutOfMemory = (error: unknown): boolean =>
  error instanceof AppError ? error.code === 'OUT_OF_MEMORY' : error instanceof Error && NO_MEMORY.test(error.message);

export type BatchOptions = {
  batchSize: number;
  /** When memory runs out: halve the batch and go on. Otherwise the error goes its way, and the run fails with OUT_OF_MEMORY. */
  allowSmallerBatch: boolean;
  report: Pick<Report, 'smallerBatch'>;
};

/**
 * Takes rows in batches of `batchSize`, in order. A step that finds no memory is done again on half the rows, where that is
 * allowed, until one row alone is too much. Returns the size that it ended with: the next epoch begins with that.
 */
export function inBatches(order: Int32Array, options: BatchOptions, step: (rows: Int32Array) => void): number {
  let { batchSize } = options;
  for (let from = 0; from < order.length; ) {
    const rows = order.subarray(from, from + batchSize);
    try {
      step(rows);
    } catch (error) {
      if (!options.allowSmallerBatch || rows.length === 1 || !isOutOfMemory(error)) throw error;
      batchSize = Math.ceil(rows.length / 2);
      options.report.smallerBatch(rows.length, batchSize);
      continue;
    }
    from += rows.length;
  }
  return batchSize;
}
