import type { MetricPoint } from '../../shared/model/series.ts';

// What the writers of append-child.ts write: every point can be computed again from the writer's number and its own count, and
// no two writers share a step.
export const seriesCount = 8;
export const writersAtMost = 1_024;
export const keyOf = (series: number): string => `shared/${series}`;

export function pointOf(key: string, writer: number, index: number): MetricPoint {
  const step = index * writersAtMost + writer;
  return { key, step, value: valueAt(step), time: 1_760_000_000_000 + step };
}

/** Some are not finite, as in a training run that diverges. */
export function valueAt(step: number): number {
  if (step % 997 === 0) return Number.NaN;
  if (step % 991 === 0) return Number.NEGATIVE_INFINITY;
  return Math.sin(step) * 10 ** (step % 7);
}

export const ackLine = (series: number, first: number, count: number): string => `${series} ${first} ${count}\n`;

/** The acknowledged calls of one writer's file; a line that the kill cut off was not acknowledged to anyone. */
export function readAcks(text: string): { series: number; first: number; count: number }[] {
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  return whole
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [series, first, count] = line.split(' ').map(Number) as [number, number, number];
      return { series, first, count };
    });
}
