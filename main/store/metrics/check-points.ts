import { AppError } from '../../../shared/errors.ts';
import type { MetricPoint } from '../../../shared/model/series.ts';

const longestKey = 250;

/** Throws INPUT_INVALID for a point that the store could not keep exactly. Any value will do, NaN and infinities included. */
export function checkPoints(points: MetricPoint[]): void {
  for (const { key, step, value, time } of points) {
    if (key.length === 0 || key.length > longestKey) {
      throw invalid(`The name of a metric must have 1 to ${longestKey} characters; one has ${key.length}.`);
    }
    if (!Number.isSafeInteger(step)) throw invalid(`A step of metric "${key}" is not a whole number below 2^53.`);
    if (!Number.isSafeInteger(time)) throw invalid(`A time of metric "${key}" is not in whole milliseconds.`);
    if (typeof value !== 'number') throw invalid(`A value of metric "${key}" is not a number.`);
  }
}

function invalid(message: string): AppError {
  return new AppError('INPUT_INVALID', message, 'None of these points was recorded.');
}
