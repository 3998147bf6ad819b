import { readFileSync } from 'node:fs';
import { afterAll, expect, test } from 'vitest';
import { createRun, finishRun, startRun } from '../../main/store/runs.ts';
import { newRun, runResult } from './new-run-fixture.ts';
import { openTestVault, point, temporaryFolder } from './vault-fixture.ts';

const vault = openTestVault(temporaryFolder());
afterAll(() => vault.close());
const page = readFileSync(new URL('../../docs/sql-views.md', import.meta.url), 'utf8');
const query = (sql: string) => vault.db.prepare(sql).all();

/** Names in backticks in the first column of a view's table. */
function documented(view: string): string[] {
  const section = page.split(`## ${view}\n`)[1]!.split('\n## ')[0]!;
  const cells = section
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) => line.split('|')[1]!);
  return cells.flatMap((cell) => [...cell.matchAll(/`(\w+)`/g)].map((match) => match[1]!));
}

test.each(['v_runs', 'v_metrics', 'v_params', 'v_datasets'])(
  'the page on SQL views names every column of %s',
  (view) => {
    const columns = (vault.db.pragma(`table_info(${view})`) as { name: string }[]).map((column) => column.name);
    expect(documented(view).sort()).toEqual(columns.sort());
  },
);

test('the views show a run with its params and metrics, and the example of the page finds it', async () => {
  const { db, writerId } = vault;
  const { id } = createRun(db, writerId, newRun({ name: 'best', study: 'Hearts', params: { lr: 0.1, kind: 'l2' } }));
  startRun(db, writerId, id, { engine: 'cpu', engineReason: '', device: 'CPU', documents: {} });
  await vault.metrics.append(id, [point('loss', 0, 2), point('loss', 1, Number.NaN)]);
  const auc = { value: 0.8, low: 0.7, high: 0.9, method: 'DeLong', rows: 10, subjects: 9 };
  finishRun(db, id, { status: 'finished', reason: null, result: runResult({ estimates: { 'test/auc': auc } }) });
  expect(query('SELECT id, name, study, status, engine FROM v_runs')).toEqual([
    { id, name: 'best', study: 'Hearts', status: 'finished', engine: 'cpu' },
  ]);
  expect(query('SELECT key, value, low, high, rows, subjects, min, max, points FROM v_metrics ORDER BY key')).toEqual([
    { key: 'loss', value: null, low: null, high: null, rows: null, subjects: null, min: 2, max: 2, points: 2 },
    { key: 'test/auc', value: 0.8, low: 0.7, high: 0.9, rows: 10, subjects: 9, min: null, max: null, points: null },
  ]);
  expect(query('SELECT key, value, number FROM v_params ORDER BY key')).toEqual([
    { key: 'kind', value: 'l2', number: null },
    { key: 'lr', value: '0.1', number: 0.1 },
  ]);
  const example = page.split('```sql\n')[1]!.split('```')[0]!;
  expect(query(example)).toMatchObject([{ study: 'Hearts', name: 'best', value: 0.8 }]);
});
