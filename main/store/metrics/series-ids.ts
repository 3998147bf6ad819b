import { recordChange } from '../change.ts';
import type { WritableDb } from '../open.ts';
import { statement } from '../statement.ts';

/** `everyPoint`: several points of one step are kept, an exact repeat once; otherwise the last write of a step counts. */
export type KnownSeries = { id: number; everyPoint: boolean };
type Known = { pk: number; series: Map<string, KnownSeries> };

/** Bits of `series.flags`. */
export const everyPointFlag = 1;
export const exactPointsFlag = 2;

/**
 * Numbers of runs and series, looked up once per process. Rows made in a transaction that fails are gone with it, so `forget`
 * must follow every rollback.
 */
export type SeriesIds = {
  /** `run.id` of a run, null when there is none. */
  run(uid: string): number | null;
  /** Made with these flags when absent; only after `run` found the run. */
  series(uid: string, key: string, flags: number): KnownSeries;
  forget(): void;
};

/** More than this many runs in one process come from an import, where the first are not needed again. */
const rememberedRuns = 1_000;

export function createSeriesIds(db: WritableDb): SeriesIds {
  const known = new Map<string, Known>();
  return {
    run(uid) {
      const found = known.get(uid);
      if (found !== undefined) return found.pk;
      const row = statement(db, 'SELECT id FROM run WHERE uid = ?').get(uid) as { id: number } | undefined;
      if (row === undefined) return null;
      if (known.size >= rememberedRuns) known.clear();
      known.set(uid, { pk: row.id, series: new Map() });
      return row.id;
    },
    series(uid, key, flags) {
      const run = known.get(uid)!;
      const found = run.series.get(key);
      if (found !== undefined) return found;
      const { changes } = statement(
        db,
        'INSERT INTO series (run_id, key, flags) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
      ).run(run.pk, key, flags);
      // Which series a run has is part of the run: whoever shows it must hear of a new one.
      if (changes === 1) recordChange(db, 'run', run.pk);
      const row = statement(db, 'SELECT id, flags FROM series WHERE run_id = ? AND key = ?').get(run.pk, key) as {
        id: number;
        flags: number;
      };
      const series = { id: row.id, everyPoint: (row.flags & everyPointFlag) !== 0 };
      run.series.set(key, series);
      return series;
    },
    forget: () => known.clear(),
  };
}
