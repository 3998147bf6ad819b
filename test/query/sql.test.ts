import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { runFields } from '../../main/store/field-sql.ts';
import { addFilterFunctions } from '../../main/store/filter-functions.ts';
import { filterSql } from '../../main/store/filter-sql.ts';
import { keyExists } from '../../main/store/key-exists.ts';
import { sortKeySql, sortTerms } from '../../main/store/sort-sql.ts';
import { sql } from '../../main/store/sql.ts';
import { filterTest } from '../../shared/query/evaluate.ts';
import { fieldValue } from '../../shared/query/field-value.ts';
import { printFilter } from '../../shared/query/print.ts';
import { compareRuns } from '../../shared/query/sort-order.ts';
import { openTestVault, temporaryFolder } from '../store/vault-fixture.ts';
import { expression, field, now, storedRun } from './arbitraries.ts';
import { filterRun, storeRuns } from './stored-run.ts';

const vault = openTestVault(temporaryFolder());
addFilterFunctions(vault.db);
const exists = keyExists(vault.db);
afterAll(() => vault.close());

test('the compiled SQL says of every run what the evaluator says: true, false or cannot be said', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(storedRun, { minLength: 1, maxLength: 8, selector: (one) => one.run.id }),
      fc.array(expression, { minLength: 20, maxLength: 20 }),
      async (runs, filters) => {
        await storeRuns(vault, runs);
        for (const filter of filters) {
          const { text, values } = sql`SELECT ${filterSql(filter, now, runFields(exists))} FROM run r ORDER BY r.id`;
          const bySql = vault.db
            .prepare(text)
            .pluck()
            .all(...values);
          const byHand = runs.map(filterRun).map(filterTest(filter, (one) => (run) => fieldValue(one, run), now));
          expect(
            bySql.map((one) => (one === null ? null : one === 1)),
            printFilter(filter),
          ).toEqual(byHand);
        }
      },
    ),
    { seed: 3, numRuns: 200 },
  );
});

test('the compiled order is the order of the evaluator, in both directions', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(storedRun, { minLength: 2, maxLength: 12, selector: (one) => one.run.id }),
      fc.array(field, { minLength: 10, maxLength: 10 }),
      fc.boolean(),
      async (runs, fields, descending) => {
        await storeRuns(vault, runs);
        const numbered = runs.map((run, index) => ({ run: filterRun(run), id: index + 1 }));
        for (const one of fields) {
          const { text, values } =
            sql`WITH found AS MATERIALIZED (SELECT r.id, ${sortKeySql(one, exists)} AS sort_key FROM run r)
            SELECT id FROM found ORDER BY ${sortTerms('sort_key', descending)}, id DESC`;
          const bySql = vault.db
            .prepare(text)
            .pluck()
            .all(...values);
          const byHand = [...numbered].sort((a, b) => compareRuns(a.run, b.run, one, descending) || b.id - a.id);
          expect(bySql, JSON.stringify(one)).toEqual(byHand.map(({ id }) => id));
        }
      },
    ),
    { seed: 4, numRuns: 150 },
  );
});
