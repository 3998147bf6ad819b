import type { WritableDb } from '../open.ts';
import { statement } from '../statement.ts';

type Known = { pk: number; series: Map<string, number> };

/**
 * Numbers of runs and series, looked up once per process. Rows made in a transaction that fails are gone with it, so `forget`
 * must follow every rollback.
 */
export type SeriesIds = {
  /** `run.id` of a run, null when there is none. */
  run(uid: string): number | null;
  /** `series.id`, made when absent; only after `run` found the run. */
  series(uid: string, key: string): number;
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
    series(uid, key) {
      const run = known.get(uid)!;
      const found = run.series.get(key);
      if (found !== undefined) return found;
      statement(db, 'INSERT INTO series (run_id, key) VALUES (?, ?) ON CONFLICT DO NOTHING').run(run.pk, key);
      const row = statement(db, 'SELECT id FROM series WHERE run_id = ? AND key = ?').get(run.pk, key) as {
        id: number;
      };
      run.series.set(key, row.id);
      return row.id;
    },
    forget: () => known.clear(),
  };
}
