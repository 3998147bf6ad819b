import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { recordChange } from '../../main/store/change.ts';
import type { FieldSql, ValueSql } from '../../main/store/field-sql.ts';
import { addFilterFunctions } from '../../main/store/filter-functions.ts';
import { filterSql } from '../../main/store/filter-sql.ts';
import { transaction } from '../../main/store/open.ts';
import { sortTerms } from '../../main/store/sort-sql.ts';
import { listed, raw, type Sql, sql } from '../../main/store/sql.ts';
import { type ColumnCache, createColumnCache } from '../../main/store/tracking/column-cache.ts';
import { type Clause, type Identifier, parseClauses, parseOrder } from '../../main/tracking/search/clause.ts';
import { conditionOf } from '../../main/tracking/search/condition.ts';
import { searchRuns } from '../../main/tracking/search/search-runs.ts';
import { storedRun } from '../query/arbitraries.ts';
import { storeRuns } from '../query/stored-run.ts';
import { openTestVault, temporaryFolder } from '../store/vault-fixture.ts';

const vault = openTestVault(temporaryFolder());
const { db } = vault;
addFilterFunctions(db);
afterAll(() => vault.close());

/** What the names of the protocol are, spelt out here once more: run by run, from the tables. */
const attributes: Record<string, string> = {
  run_id: 'r.uid',
  run_name: 'r.name',
  status: `(SELECT column2 FROM (VALUES ('queued', 'SCHEDULED'), ('running', 'RUNNING'), ('finished', 'FINISHED'),
    ('stopped', 'KILLED'), ('failed', 'FAILED'), ('crashed', 'FAILED')) WHERE column1 = r.status)`,
  start_time: 'coalesce(r.started_at, r.created_at)',
  end_time: 'r.ended_at',
};
const plain = (text: string): ValueSql => ({ text: raw(text), number: raw(text), nan: null });
const protocol: FieldSql<Identifier> = {
  readsNumbers: () => false,
  on({ entity, key }, test) {
    const from = (table: string, value: ValueSql): Sql =>
      sql`(SELECT ${test(value)} FROM ${raw(table)} t WHERE t.run_id = r.id AND t.key = ${key})`;
    if (entity === 'param' || entity === 'tag') return from(entity, plain('t.value'));
    if (entity === 'metric') {
      const number = raw('CASE t.kind WHEN 2 THEN 9e999 WHEN 3 THEN -9e999 ELSE t.last END');
      const latest = from('latest', { text: number, number, nan: raw('t.kind = 1') });
      const own = plain('t.value');
      return sql`COALESCE(${listed([latest, from('(SELECT * FROM estimate WHERE value IS NOT NULL)', own)])})`;
    }
    const value = raw(attributes[key]!);
    return sql`CASE WHEN ${value} IS NOT NULL THEN ${test({ text: value, number: value, nan: null })} END`;
  },
};

const keys = ['auc', 'loss', 'train/loss', 'test/auc', 'x'];
const texts = [
  'adam',
  'Adam',
  'ADAM Ä',
  'site_1',
  '10',
  ' 1e1 ',
  '',
  '%',
  '𝒜z',
  'ﬀ',
  'NaN',
  'FAILED',
  'FINISHED',
  'cpu',
];
const patterns = ['%', '_', 'a%', '%A%', '%Ä', '1_', '_%_', '*', '[a]%', 'F%', ''];
const text = fc.constantFrom(...texts).map((one) => `'${one}'`);
const number = fc.constantFrom('0', '1', '-1', '0.5', '9', '1e-7', '1773576000000', '-9e99');
const textual = (name: string) =>
  fc.oneof(
    fc.tuple(fc.constantFrom('=', '!='), text).map(([op, value]) => `${name} ${op} ${value}`),
    fc
      .constantFrom('IS NULL', 'is not null')
      .map((operator) => (name.includes('.') ? `${name} ${operator}` : `${name} != ''`)),
    fc
      .tuple(fc.constantFrom('LIKE', 'ILIKE'), fc.constantFrom(...patterns))
      .map(([op, value]) => `${name} ${op} '${value}'`),
  );
const numeric = (name: string) =>
  fc
    .tuple(fc.constantFrom('=', '!=', '<', '<=', '>', '>='), number)
    .map(([operator, value]) => `${name} ${operator} ${value}`);

const clause = (ids: string[]): fc.Arbitrary<string> =>
  fc.oneof(
    fc.constantFrom(...keys).chain((key) => numeric(`metrics.\`${key}\``)),
    fc.constantFrom(...keys).chain((key) => textual(`params.\`${key}\``)),
    fc.constantFrom(...keys).chain((key) => textual(`tags."${key}"`)),
    fc.constantFrom('run_name', 'status').chain(textual),
    fc.constantFrom('start_time', 'end_time').chain(numeric),
    fc
      .tuple(fc.constantFrom('IN', 'NOT IN'), fc.subarray(ids, { minLength: 1 }))
      .map(([operator, some]) => `run_id ${operator} (${some.map((id) => `'${id}'`).join(', ')})`),
  );
const order = fc
  .tuple(
    fc.constantFrom(
      'run_name',
      'status',
      'end_time',
      ...keys.flatMap((key) => [`metrics.\`${key}\``, `params.\`${key}\``, `tags.\`${key}\``]),
    ),
    fc.constantFrom('ASC', 'DESC'),
  )
  .map((parts) => parts.join(' '));

function bySql(clauses: Clause[], orderBy: string): number[] {
  const { descending, ...named } = parseOrder(orderBy);
  const key = protocol.on(named, ({ number: value, nan }) =>
    nan === null ? value : sql`CASE WHEN ${nan} THEN x'' ELSE ${value} END`,
  );
  const { text: query, values } = sql`WITH found AS MATERIALIZED (
      SELECT r.id, r.uid, coalesce(r.started_at, r.created_at) AS start, ${key} AS sort_key FROM run r
      WHERE ${filterSql(
        conditionOf(clauses, (one) => one),
        0,
        protocol,
      )})
    SELECT id FROM found ORDER BY ${sortTerms('sort_key', descending)}, start DESC, uid`;
  return db
    .prepare(query)
    .pluck()
    .all(...values) as number[];
}

const byCache = (cache: ColumnCache, filter: string, orderBy: string): number[] =>
  searchRuns(cache, {
    studies: null,
    view: 'ALL',
    filter,
    orderBy: [orderBy],
    limit: 100,
    after: () => null,
    withDataset: () => new Set(),
  }).runs;

const some = fc.uniqueArray(storedRun, { minLength: 1, maxLength: 8, selector: (one) => one.run.id });
const questions = (ids: string[]) =>
  fc.array(fc.tuple(fc.array(clause(ids), { maxLength: 3 }), order), { minLength: 20, maxLength: 20 });

test("a search over the columns in memory finds what the store's SQL finds for the same tree, in the same order", async () => {
  await fc.assert(
    fc.asyncProperty(
      some.chain((runs) => fc.tuple(fc.constant(runs), questions(runs.map(({ run }) => run.id)))),
      async ([runs, asked]) => {
        await storeRuns(vault, runs);
        const cache = createColumnCache(db);
        for (const [clauses, orderBy] of asked) {
          const filter = clauses.join(' AND ');
          expect(byCache(cache, filter, orderBy), `${filter} by ${orderBy}`).toEqual(
            bySql(parseClauses(filter), orderBy),
          );
        }
      },
    ),
    { seed: 5, numRuns: 150 },
  );
});

test('columns that are kept follow every change of the feed: the next search finds what a fresh one does', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc
        .tuple(some, some)
        .chain(([before, after]) =>
          fc.tuple(fc.constant(before), fc.constant(after), questions(before.map(({ run }) => run.id))),
        ),
      async ([before, after, asked]) => {
        await storeRuns(vault, before);
        const kept = createColumnCache(db);
        for (const [clauses, orderBy] of asked) byCache(kept, clauses.join(' AND '), orderBy);
        // Runs are changed and added, never taken away: a run keeps its row and its id.
        const changed = before.map((own, index) => {
          const other = after[index] ?? own;
          return { ...other, run: { ...other.run, id: own.run.id } };
        });
        const all = [...changed, ...after.slice(before.length)];
        const ids = new Set(all.map(({ run }) => run.id));
        fc.pre(ids.size === all.length);
        await storeRuns(vault, all);
        transaction(db, () => {
          for (let index = 0; index < all.length; index++) recordChange(db, 'run', index + 1);
        });
        const fresh = createColumnCache(db);
        for (const [clauses, orderBy] of asked) {
          const filter = clauses.join(' AND ');
          expect(byCache(kept, filter, orderBy), `${filter} by ${orderBy}`).toEqual(byCache(fresh, filter, orderBy));
        }
      },
    ),
    { seed: 6, numRuns: 60 },
  );
});

test('a write between two searches costs the runs that it touched: the columns are the same arrays as before', async () => {
  const runs = fc.sample(some, { seed: 7, numRuns: 1 })[0]!;
  await storeRuns(vault, runs);
  const cache = createColumnCache(db);
  const auc = { entity: 'metric', key: 'auc' } as const;
  const before = cache(({ column }) => column(auc));
  transaction(db, () => {
    db.prepare(
      `INSERT OR REPLACE INTO latest (run_id, key, last, kind, step, time, count) VALUES (1, 'auc', 0.123, 0, 9, 9, 9)`,
    ).run();
    recordChange(db, 'series', 1);
  });
  const after = cache(({ column }) => column(auc));
  expect(after).toBe(before);
  expect(after[0]).toBe(0.123);
});
