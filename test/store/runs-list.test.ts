import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ListInput } from '../../main/store/run-list.ts';
import type { Vault } from '../../main/store/vault.ts';
import type { VaultClient } from '../../main/workers/client.ts';
import { inProcessClient } from '../../main/workers/in-process.ts';
import { newRun, runResult } from './new-run-fixture.ts';
import { openTestVault, point, temporaryFolder } from './vault-fixture.ts';

let vault: Vault;
let client: VaultClient;

/** auc by run: the held-out estimate, out-of-fold, a bare series that is NaN, none. */
beforeAll(async () => {
  vault = openTestVault(temporaryFolder());
  client = inProcessClient(vault);
  const estimate = (value: number) => ({ value, low: null, high: null, method: 'none', rows: 1, subjects: null });
  const end = (id: string, estimates: Record<string, number>) =>
    client.call('internal.finishRun', {
      id,
      status: 'finished',
      reason: null,
      result: runResult({
        estimates: Object.fromEntries(Object.entries(estimates).map(([key, value]) => [key, estimate(value)])),
      }),
    });
  const make = async (name: string, seed: number, tags: Record<string, string>) =>
    (await client.call('internal.createRun', newRun({ name, study: seed > 1 ? 'Two' : 'One', seed, tags }))).id;
  const points = (id: string, values: number[]) =>
    client.call('internal.appendPoints', { id, points: values.map((value, step) => point('auc', step, value)) });

  await end(await make('held-out', 1, { site: 'A' }), { 'test/auc': 0.9, 'validation/auc': 0.1 });
  await end(await make('folds', 1, { site: '10' }), { 'oof/auc': 0.7 });
  const series = await make('series', 2, { site: '9' });
  await points(series, [0.2, 0.95, 0.8]);
  const nan = await make('nan', 2, {});
  await points(nan, [0.5, Number.NaN]);
  await make('none', 2, {});
});
afterAll(() => client.close());

const list = (own: Partial<ListInput>) =>
  client.call('runs.list', { study: null, filter: '', sort: null, limit: 100, cursor: null, bin: false, ...own });
const names = async (own: Parameters<typeof list>[0]) => (await list(own)).runs.map((run) => run.name);

test('without a sort key the newest comes first', async () => {
  expect(await names({})).toEqual(['none', 'nan', 'series', 'folds', 'held-out']);
});

test('auc alone is the held-out one, then a series of that name', async () => {
  expect(await names({ filter: 'metrics.auc >= 0.7' })).toEqual(['series', 'folds', 'held-out']);
  expect(await names({ filter: 'metrics.validation/auc < 0.5' })).toEqual(['held-out']);
  expect(await names({ filter: 'metrics.`auc`.max > 0.9' })).toEqual(['series']);
  expect(await names({ filter: 'metrics.auc.min = 0.2' })).toEqual(['series']);
});

test('numbers come first, then NaN, then missing, in both directions', async () => {
  const sorted = (descending: boolean) => names({ sort: { key: 'metrics.auc', descending } });
  expect(await sorted(true)).toEqual(['held-out', 'series', 'folds', 'nan', 'none']);
  expect(await sorted(false)).toEqual(['folds', 'series', 'held-out', 'nan', 'none']);
  expect(await names({ sort: { key: 'tags.site', descending: false } })).toEqual([
    'series',
    'folds',
    'held-out',
    'none',
    'nan',
  ]);
});

test('NaN satisfies no comparison, a missing value only is missing', async () => {
  expect(await names({ filter: 'metrics.auc < 1 or metrics.auc != 5' })).toEqual(['series', 'folds', 'held-out']);
  expect(await names({ filter: 'not metrics.auc > 0.5' })).toEqual(['nan']);
  expect(await names({ filter: 'metrics.auc is missing' })).toEqual(['none']);
  expect(await names({ filter: 'not tags.site = "A"' })).toEqual(['series', 'folds']);
});

test('totals count what matches and what there is', async () => {
  expect(await list({ study: 'Two', filter: 'metrics.auc is present', limit: 1 })).toMatchObject({ total: 2, all: 3 });
});

test('pages follow each other without a gap, also when a run is added meanwhile', async () => {
  for (const own of [{}, { filter: 'seed > 0' }, { sort: { key: 'metrics.auc', descending: true } }]) {
    const whole = await names(own);
    const paged: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof list>> = await list({ ...own, limit: 2, cursor });
      expect(page.total).toBe(5);
      paged.push(...page.runs.map((run) => run.name));
      cursor = page.next;
    } while (cursor !== null);
    expect(paged).toEqual(whole);
  }
  const first = await list({ filter: 'seed > 0', limit: 2 });
  const { id } = await client.call('internal.createRun', newRun({ name: 'late', seed: 3 }));
  const second = await list({ filter: 'seed > 0', limit: 2, cursor: first.next });
  expect(second.runs.map((run) => run.name)).toEqual(['series', 'folds']);
  await client.call('internal.finishRun', { id, status: 'stopped', reason: 'test', result: null });
  await client.call('runs.bin', { ids: [id] });
});

test('a page can begin anywhere: rows after an offset are those of the whole list', async () => {
  for (const own of [{}, { filter: 'seed > 0', sort: { key: 'name', descending: false } }]) {
    const all = await list(own);
    const page = await list({ ...own, limit: 2, offset: 3 });
    expect([page.total, page.runs.map(({ id }) => id), page.next]).toEqual([
      all.total,
      all.runs.slice(3, 5).map(({ id }) => id),
      null,
    ]);
    const middle = await list({ ...own, limit: 2, offset: 1 });
    const rest = await list({ ...own, limit: 2, cursor: middle.next });
    expect(rest.runs.map(({ id }) => id)).toEqual(all.runs.slice(3, 5).map(({ id }) => id));
  }
});

test('a wrong filter, sort key, study or cursor is refused with its code', async () => {
  await expect(list({ filter: 'auc > ' })).rejects.toMatchObject({ code: 'FILTER_INVALID' });
  await expect(list({ sort: { key: 'nope', descending: true } })).rejects.toMatchObject({ code: 'FILTER_INVALID' });
  await expect(list({ sort: { key: 'name, 1', descending: true } })).rejects.toMatchObject({ code: 'FILTER_INVALID' });
  await expect(list({ study: 'Three' })).rejects.toMatchObject({ code: 'STUDY_NOT_FOUND' });
  await expect(list({ cursor: '1; DROP' })).rejects.toMatchObject({ code: 'INPUT_INVALID' });
});

test('a filter with a thousand conditions is answered', async () => {
  const filter = Array.from({ length: 1_000 }, (_, i) => `seed=${i}`).join(' or ');
  expect(await names({ filter })).toHaveLength(5);
});

test('groups have the mean, the sample deviation and the count of every metric', async () => {
  const groups = await client.call('runs.groups', { study: null, filter: '', by: 'seed' });
  expect(groups.map(({ group, runs }) => [group, runs])).toEqual([
    ['2', 3],
    ['1', 2],
  ]);
  expect(groups[1]!.metrics['test/auc']).toEqual({ mean: 0.9, sd: null, n: 1 });
  const [all] = await client.call('runs.groups', { study: 'One', filter: '', by: 'study' });
  expect(Object.keys(all!.metrics).sort()).toEqual(['oof/auc', 'test/auc', 'validation/auc']);
  const bySite = await client.call('runs.groups', { study: null, filter: '', by: 'tags.site' });
  expect(bySite.map(({ group }) => group)).toEqual(['', '10', '9', 'A']);
});

test('keys are those of a study or of all runs', async () => {
  expect(await client.call('runs.keys', { study: null })).toEqual({
    params: [],
    metrics: ['auc', 'oof/auc', 'test/auc', 'validation/auc'],
    tags: ['site'],
  });
  expect(await client.call('runs.keys', { study: 'Two' })).toEqual({ params: [], metrics: ['auc'], tags: ['site'] });
});

test('completions know the keys and values of the vault', async () => {
  const offered = async (filter: string) =>
    (await client.call('runs.complete', { filter, at: filter.length })).map((one) => one.text);
  expect(await offered('metrics.')).toEqual([
    'metrics.',
    'metrics.auc',
    'metrics.oof/auc',
    'metrics.test/auc',
    'metrics.validation/auc',
  ]);
  expect(await offered('tags.site = ')).toEqual(['"10"', '"9"', '"A"']);
  expect(await offered('study = "T')).toEqual(['"Two"']);
});
