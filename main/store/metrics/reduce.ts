import type { ReadableDb } from '../open.ts';
import { groupPoints } from './group.ts';
import { joinPoints, type Points, slicePoints } from './points.ts';
import { levelOnePoints, levelTwoPoints, readLevelOne } from './pyramid.ts';
import { createRanges } from './ranges.ts';
import { pointsOf, type Stretch } from './stretches.ts';

export type Reduced = { points: Points; ranges: number };

/**
 * At most `maxPoints` points for a chart: the first and the last one, and of each range of steps the smallest and the largest
 * value. The coarsest level of the pyramid that still has a group per range is read; a group belongs to the range of its
 * first step.
 */
export function reduceSeries(db: ReadableDb, seriesId: number, stretches: Stretch[], maxPoints: number): Reduced {
  const lowStep = stretches[0]!.lowStep;
  const highStep = stretches.at(-1)!.highStep;
  const ranges = createRanges(lowStep, highStep, Math.max(0, Math.floor((maxPoints - 2) / 2)));
  const size = groupSize(stretches, ranges.count);
  const levelOne = size === levelOnePoints ? readLevelOne(db, seriesId) : [];
  for (const stretch of stretches) {
    if (stretch.chunk === null || size === 1) ranges.add(groupPoints(pointsOf(db, seriesId, stretch), 1));
    else ranges.add(size === levelTwoPoints ? stretch.chunk.groups : levelOne[stretch.chunk.ordinal]!);
  }
  const first = slicePoints(pointsOf(db, seriesId, stretches[0]!), 0, 1);
  const last = slicePoints(pointsOf(db, seriesId, stretches.at(-1)!), -1, Number.POSITIVE_INFINITY);
  const { points, filled } = ranges.result();
  const inner = points.steps.length;
  const start = inner > 0 && points.steps[0] === lowStep ? 1 : 0;
  const end = inner > start && points.steps[inner - 1] === highStep ? inner - 1 : inner;
  return { points: joinPoints([first, slicePoints(points, start, end), last]), ranges: filled };
}

/** Points per group of the level to read; 1 when the points themselves are needed. */
function groupSize(stretches: Stretch[], ranges: number): number {
  for (const size of [levelTwoPoints, levelOnePoints]) {
    const groups = stretches.reduce(
      (sum, { chunk, count }) => sum + (chunk === null ? count : Math.ceil(count / size)),
      0,
    );
    if (groups >= ranges) return size;
  }
  return 1;
}
