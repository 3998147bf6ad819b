import { AppError } from '../../../shared/errors.ts';
import type { SeriesColumns } from '../../../shared/model/series.ts';
import { type ReadableDb, snapshot } from '../open.ts';
import { statement } from '../statement.ts';
import { type ExactPoint, readExactPoints, withExactPoints } from './exact-points.ts';
import { readPending } from './pending.ts';
import { blankPoints, joinPoints, type Points } from './points.ts';
import { reduceSeries } from './reduce.ts';
import { everyPointFlag, exactPointsFlag } from './series-ids.ts';
import { pointsOf, readStretches, type Stretch } from './stretches.ts';

export type WantedSeries = { run: string; key: string };

/**
 * One series with at most `maxPoints` points (at least 2): all of them, or the extremes per range of steps. Sees every
 * acknowledged point of every process. Throws METRIC_NOT_FOUND.
 */
export function readSeries(db: ReadableDb, runUid: string, key: string, maxPoints: number): SeriesColumns {
  const [series] = readManySeries(db, [{ run: runUid, key }], maxPoints);
  return series ?? notFound(runUid, key);
}

/** Several series, in the order asked for; null for one that is not there. The journal is passed over once for all. */
export function readManySeries(db: ReadableDb, wanted: WantedSeries[], maxPoints: number): (SeriesColumns | null)[] {
  return snapshot(db, () => {
    const found = wanted.map((one) => findSeries(db, one));
    const pending = readPending(db, new Set(found.flatMap((series) => (series === null ? [] : [series.id]))));
    return found.map((series, index) => {
      if (series === null) return null;
      const { id, flags } = series;
      const unfolded = (flags & exactPointsFlag) === 0 ? pending.get(id) : withExactPoints(db, id, pending.get(id));
      const stretches = readStretches(db, id, unfolded, (flags & everyPointFlag) !== 0);
      return toColumns(db, id, wanted[index]!.key, stretches, maxPoints);
    });
  });
}

/**
 * Every point of a series in step order, exactly as it was recorded; each step once, unless the series keeps every point.
 * Throws METRIC_NOT_FOUND.
 */
export function readWholeSeries(db: ReadableDb, runUid: string, key: string): SeriesColumns {
  return readSeries(db, runUid, key, Number.POSITIVE_INFINITY);
}

/**
 * Every point of a series: those of which a double holds step and time in step order, and beside them those beyond 2^53, in no
 * order. Null when it is not there.
 */
export function readEveryPoint(db: ReadableDb, wanted: WantedSeries): { points: Points; exact: ExactPoint[] } | null {
  return snapshot(db, () => {
    const series = findSeries(db, wanted);
    if (series === null) return null;
    const { id, flags } = series;
    const pending = readPending(db, new Set([id])).get(id);
    const stretches = readStretches(db, id, pending, (flags & everyPointFlag) !== 0);
    const exact = (flags & exactPointsFlag) === 0 ? [] : readExactPoints(db, id);
    return { points: wholePoints(db, id, stretches), exact };
  });
}

function toColumns(db: ReadableDb, id: number, key: string, stretches: Stretch[], maxPoints: number): SeriesColumns {
  const count = stretches.reduce((sum, stretch) => sum + stretch.count, 0);
  const downsampled = count > maxPoints;
  const { points, ranges } = downsampled
    ? reduceSeries(db, id, stretches, maxPoints)
    : { points: wholePoints(db, id, stretches), ranges: 0 };
  return { key, count, steps: points.steps, values: points.values, times: points.times, downsampled, ranges };
}

function wholePoints(db: ReadableDb, id: number, stretches: Stretch[]): Points {
  return stretches.length === 0 ? blankPoints(0) : joinPoints(stretches.map((stretch) => pointsOf(db, id, stretch)));
}

/** Number and flags (series-ids.ts) of a series, null when it is not there. */
function findSeries(db: ReadableDb, { run, key }: WantedSeries): { id: number; flags: number } | null {
  const row = statement(
    db,
    'SELECT s.id, s.flags FROM series s JOIN run r ON r.id = s.run_id WHERE r.uid = ? AND s.key = ?',
  ).get(run, key);
  return (row as { id: number; flags: number } | undefined) ?? null;
}

function notFound(runUid: string, key: string): never {
  throw new AppError('METRIC_NOT_FOUND', `Run ${runUid} has no series "${key}".`);
}
