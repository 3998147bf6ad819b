import { describe, expect, test } from 'vitest';
import { describeUnexpected } from '../../main/training/describe-unexpected.ts';
import { inBatches, isOutOfMemory } from '../../main/training/recipes/out-of-memory.ts';
import { AppError } from '../../shared/errors.ts';
import { quietReport } from './quiet-report.ts';

const order = Int32Array.from({ length: 100 }, (_, i) => 99 - i);
/** A step that really asks for more than there can be when it gets more than `most` rows. */
function hungry(most: number) {
  const done: number[] = [];
  return {
    done,
    step: (rows: Int32Array): void => {
      new Float64Array(rows.length > most ? 2 ** 52 : 1);
      done.push(...rows);
    },
  };
}

describe('when a step finds no memory', () => {
  test('it fails as OUT_OF_MEMORY unless smaller batches are allowed', () => {
    const { step } = hungry(10);
    const report = quietReport();
    let thrown: unknown;
    try {
      inBatches(order, { batchSize: 32, allowSmallerBatch: false, report }, step);
    } catch (error) {
      thrown = error;
    }
    expect(describeUnexpected(thrown).failure.code).toBe('OUT_OF_MEMORY');
    expect(report.lines).toEqual([]);
  });

  test('the batch is halved until it fits, every row is taken once and in order, and the size stays', () => {
    const { step, done } = hungry(10);
    const report = quietReport();
    expect(inBatches(order, { batchSize: 32, allowSmallerBatch: true, report }, step)).toBe(8);
    expect(done).toEqual([...order]);
    expect(report.lines).toEqual(['32 → 16', '16 → 8']);
  });

  test('one row that is too much, and another error, go their way', () => {
    const options = { batchSize: 4, allowSmallerBatch: true, report: quietReport() };
    expect(() => inBatches(order, options, hungry(0).step)).toThrow(RangeError);
    const other = () => {
      throw new AppError('ENGINE_LOST', 'gone');
    };
    expect(() => inBatches(order, options, other)).toThrow('gone');
  });

  test('a device says so by its code', () => {
    expect(isOutOfMemory(new AppError('OUT_OF_MEMORY', 'the GPU'))).toBe(true);
    expect(isOutOfMemory('out of memory')).toBe(false);
  });
});
