import { latestRevision } from '../change.ts';
import { getOrAdd } from '../get-or-add.ts';
import { type ReadableDb, snapshot } from '../open.ts';
import { type ColumnName, type ColumnValue, changedRuns, type RunBase, readColumn, readRunBases } from './columns.ts';

/** Runs and columns of them, by the same index, as they are now: they change with the next use. */
export type RunColumns = { runs: readonly RunBase[]; column(name: ColumnName): readonly ColumnValue[] };
/** Does `work` with one consistent state. */
export type ColumnCache = <T>(work: (columns: RunColumns) => T) => T;

type Kept = {
  revision: number;
  runs: RunBase[];
  indexOf: Map<number, number>;
  columns: Map<string, { name: ColumnName; values: ColumnValue[] }>;
};

/** Nobody searched for so long: the memory is given back. */
const keptMs = 60_000;
const mostColumns = 50;
/** When more runs changed than that, reading everything anew is cheaper. */
const mostChanged = 2_000;

/**
 * Columns that searches use, kept in memory and brought up to date by the feed of changes: a search over 100,000 runs then
 * compares numbers in arrays instead of looking each one up.
 */
export function createColumnCache(db: ReadableDb): ColumnCache {
  let kept: Kept | null = null;
  let timer: NodeJS.Timeout | null = null;

  function refresh(): Kept {
    const revision = latestRevision(db);
    if (kept !== null && kept.revision !== revision) {
      const changed = changedRuns(db, kept.revision);
      if (changed === null || changed.length > mostChanged) kept = null;
      else update(kept, changed, revision);
    }
    if (kept !== null) return kept;
    const runs = readRunBases(db, null);
    kept = { revision, runs, indexOf: new Map(runs.map(({ pk }, index) => [pk, index])), columns: new Map() };
    return kept;
  }

  function update(cache: Kept, changed: number[], revision: number): void {
    const only = JSON.stringify(changed);
    for (const run of readRunBases(db, only)) {
      const index = getOrAdd(cache.indexOf, run.pk, () => cache.runs.length);
      cache.runs[index] = run;
    }
    for (const { name, values } of cache.columns.values()) {
      const fresh = readColumn(db, name, only);
      for (const pk of changed) {
        const index = cache.indexOf.get(pk);
        if (index !== undefined) values[index] = fresh.get(pk);
      }
    }
    cache.revision = revision;
  }

  function column(cache: Kept, name: ColumnName): ColumnValue[] {
    const key = `${name.entity} ${name.key}`;
    const known = cache.columns.get(key);
    if (known !== undefined) return known.values;
    if (cache.columns.size >= mostColumns) cache.columns.delete(cache.columns.keys().next().value!);
    const values = new Array<ColumnValue>(cache.runs.length).fill(undefined);
    for (const [pk, value] of readColumn(db, name, null)) {
      const index = cache.indexOf.get(pk);
      if (index !== undefined) values[index] = value;
    }
    cache.columns.set(key, { name, values });
    return values;
  }

  return (work) => {
    if (timer !== null) clearTimeout(timer);
    timer = setTimeout(() => {
      kept = null;
    }, keptMs).unref();
    return snapshot(db, () => {
      const cache = refresh();
      return work({ runs: cache.runs, column: (name) => column(cache, name) });
    });
  };
}
