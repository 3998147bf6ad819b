import { latestRevision } from '../change.ts';
import { type ReadableDb, snapshot } from '../open.ts';
import { type ColumnName, type ColumnValue, changedRuns, type RunBase, readColumn, readRunBases } from './columns.ts';

/** Runs and columns of them, by the same index, as they are now: they change with the next use. */
export type RunColumns = { runs: readonly RunBase[]; column(name: ColumnName): readonly ColumnValue[] };
/** Does `work` with one consistent state. */
export type ColumnCache = <T>(work: (columns: RunColumns) => T) => T;

type Kept = {
  revision: number;
  runs: RunBase[];
  /** Index of a run by `run.id`: they are counted from 1, and none is ever taken away. */
  indexOf: number[];
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
    const indexOf: number[] = [];
    for (let index = 0; index < runs.length; index++) indexOf[runs[index]!.pk] = index;
    kept = { revision, runs, indexOf, columns: new Map() };
    return kept;
  }

  function update(cache: Kept, changed: number[], revision: number): void {
    const only = JSON.stringify(changed);
    for (const run of readRunBases(db, only)) {
      const index = cache.indexOf[run.pk] ?? cache.runs.length;
      cache.indexOf[run.pk] = index;
      cache.runs[index] = run;
    }
    for (const { name, values } of cache.columns.values()) {
      for (const pk of changed) put(cache, values, pk, undefined);
      readColumn(db, name, only, (pk, value) => put(cache, values, pk, value));
    }
    cache.revision = revision;
  }

  function put(cache: Kept, values: ColumnValue[], pk: number, value: ColumnValue): void {
    const index = cache.indexOf[pk];
    if (index !== undefined) values[index] = value;
  }

  function column(cache: Kept, name: ColumnName): ColumnValue[] {
    const key = `${name.entity} ${name.key}`;
    const known = cache.columns.get(key);
    if (known !== undefined) return known.values;
    if (cache.columns.size >= mostColumns) cache.columns.delete(cache.columns.keys().next().value!);
    const values = new Array<ColumnValue>(cache.runs.length).fill(undefined);
    readColumn(db, name, null, (pk, value) => put(cache, values, pk, value));
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
