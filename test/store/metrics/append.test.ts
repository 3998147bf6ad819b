import { rmSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { foldStep } from '../../../main/store/metrics/fold.ts';
import { latestValue } from '../../../main/store/metrics/latest.ts';
import { readManySeries, readSeries, readWholeSeries } from '../../../main/store/metrics/read.ts';
import { transaction } from '../../../main/store/open.ts';
import type { Vault } from '../../../main/store/vault.ts';
import type { MetricPoint } from '../../../shared/model/series.ts';
import { makeRun, openTestVault, point, temporaryFolder } from '../vault-fixture.ts';

let dir: string;
let vault: Vault;
let run: string;
beforeEach(() => {
  dir = temporaryFolder();
  vault = openTestVault(dir);
  run = makeRun(vault);
});
afterEach(() => {
  vault.close();
  rmSync(dir, { recursive: true, force: true });
});

const code = (value: string) => expect.objectContaining({ code: value });
const fold = (of: Vault = vault) => {
  while (foldStep(of.db, of.writerId));
};
const latest = (key: string) =>
  vault.db.prepare('SELECT * FROM latest WHERE key = ?').get(key) as Record<string, number>;
const journalRows = () => (vault.db.prepare('SELECT count(*) AS n FROM journal').get() as { n: number }).n;

/** The series as it reads from the journal and again from chunks: folding must not show. */
function bothForms(key: string): { steps: number[]; values: number[]; times: number[] } {
  const read = () => {
    const { steps, values, times } = readWholeSeries(vault.db, run, key);
    return { steps: [...steps], values: [...values], times: [...times] };
  };
  const journal = read();
  fold();
  expect(journalRows()).toBe(0);
  expect(read()).toEqual(journal);
  return journal;
}

describe('what is recorded is read back exactly', () => {
  test('NaN, both infinities, negative zero and the ends of the double range', async () => {
    const values = [Number.NaN, Infinity, -Infinity, -0, 5e-324, Number.MAX_VALUE, 0.1];
    await vault.metrics.append(
      run,
      values.map((value, step) => point('loss', step, value)),
    );
    expect(bothForms('loss').values).toEqual(values);
  });

  test('steps and times to the end of the whole numbers that a double holds', async () => {
    const steps = [Number.MIN_SAFE_INTEGER, -1, 0, 1, 2 ** 31, 2 ** 32 + 1, Number.MAX_SAFE_INTEGER];
    await vault.metrics.append(
      run,
      steps.map((step) => point('loss', step, 1, -step)),
    );
    const read = bothForms('loss');
    expect(read.steps).toEqual(steps);
    expect(read.times).toEqual(steps.map((step) => 0 - step));
    expect(latest('loss')).toMatchObject({ step: Number.MAX_SAFE_INTEGER, time: Number.MIN_SAFE_INTEGER });
  });

  test('keys of any script, and the same key in two runs apart from each other', async () => {
    const other = makeRun(vault);
    await Promise.all([
      vault.metrics.append(run, [point('Verlust/Größe 误差', 1, 1)]),
      vault.metrics.append(other, [point('Verlust/Größe 误差', 1, 2)]),
    ]);
    expect(readWholeSeries(vault.db, run, 'Verlust/Größe 误差').values).toEqual(Float64Array.of(1));
    expect(readWholeSeries(vault.db, other, 'Verlust/Größe 误差').values).toEqual(Float64Array.of(2));
  });
});

describe('one step has one value: the last one written', () => {
  test('when points come out of order', async () => {
    await vault.metrics.append(run, [point('loss', 5, 50), point('loss', 1, 10), point('loss', 3, 30)]);
    expect(bothForms('loss')).toMatchObject({ steps: [1, 3, 5], values: [10, 30, 50] });
  });

  test('when a step comes twice in one batch, in two batches, and after folding', async () => {
    await vault.metrics.append(run, [point('loss', 1, 10), point('loss', 1, 11), point('loss', 2, 20)]);
    await vault.metrics.append(run, [point('loss', 2, 21)]);
    expect(bothForms('loss').values).toEqual([11, 21]);
    await vault.metrics.append(run, [point('loss', 1, 12)]);
    expect(bothForms('loss').values).toEqual([12, 21]);
  });

  test('of two processes too, whichever folds first', async () => {
    const other = openTestVault(dir);
    await vault.metrics.append(run, [point('loss', 1, 10), point('loss', 2, 20)]);
    await other.metrics.append(run, [point('loss', 2, 21), point('loss', 3, 30)]);
    await vault.metrics.append(run, [point('loss', 3, 31)]);
    fold(other);
    expect(bothForms('loss')).toMatchObject({ steps: [1, 2, 3], values: [10, 21, 31] });
    other.close();
  });
});

describe('the latest value', () => {
  test('is that of the highest step, with the range of the finite values', async () => {
    await vault.metrics.append(run, [point('loss', 5, 0.5), point('loss', 1, 9), point('loss', 2, Infinity)]);
    await vault.metrics.append(run, [point('loss', 4, Number.NaN)]);
    expect(latest('loss')).toMatchObject({ last: 0.5, kind: 0, min: 0.5, max: 9, step: 5, count: 4 });
  });

  test.each([Number.NaN, Infinity, -Infinity])('can be %d', async (value) => {
    await vault.metrics.append(run, [point('loss', 1, 1)]);
    await vault.metrics.append(run, [point('loss', 2, value)]);
    expect(latestValue(latest('loss') as { last: number; kind: number })).toBe(value);
    expect(latest('loss')).toMatchObject({ last: null, min: 1, max: 1 });
  });

  test('of two writes of one step is the later one', async () => {
    await vault.metrics.append(run, [point('loss', 3, 1)]);
    await vault.metrics.append(run, [point('loss', 3, 2), point('loss', 3, 4)]);
    expect(latest('loss')).toMatchObject({ last: 4, count: 3 });
  });
});

describe('calls', () => {
  test('that come together share one transaction and one journal row', async () => {
    await Promise.all(Array.from({ length: 50 }, (_, step) => vault.metrics.append(run, [point('loss', step, step)])));
    expect(journalRows()).toBe(1);
    expect(readWholeSeries(vault.db, run, 'loss').count).toBe(50);
  });

  test('are not acknowledged before the commit', async () => {
    let acknowledged = false;
    const call = vault.metrics.append(run, [point('loss', 1, 1)]).then(() => {
      acknowledged = true;
    });
    await Promise.resolve();
    expect([acknowledged, journalRows()]).toEqual([false, 0]);
    await call;
    expect(journalRows()).toBe(1);
  });

  test('may use their array again at once', async () => {
    const points: MetricPoint[] = [point('loss', 1, 1)];
    const first = vault.metrics.append(run, points);
    points[0]!.step = 2;
    await Promise.all([first, vault.metrics.append(run, points)]);
    expect([...readWholeSeries(vault.db, run, 'loss').steps]).toEqual([1, 2]);
  });

  test('for a run that is not there are refused and take no other with them', async () => {
    const results = await Promise.allSettled([
      vault.metrics.append('0'.repeat(32), [point('loss', 1, 1)]),
      vault.metrics.append(run, [point('loss', 1, 1)]),
    ]);
    expect(results).toEqual([
      { status: 'rejected', reason: code('RUN_NOT_FOUND') },
      { status: 'fulfilled', value: undefined },
    ]);
  });

  test.each([
    ['a broken step', point('loss', 1.5, 1)],
    ['a step beyond 2^53', point('loss', 2 ** 53, 1)],
    ['a time that is no number', point('loss', 1, 1, Number.NaN)],
    ['no name', point('', 1, 1)],
    ['a name of 251 characters', point('x'.repeat(251), 1, 1)],
  ])('with %s are refused as a whole', async (_, wrong) => {
    await expect(vault.metrics.append(run, [point('loss', 1, 1), wrong])).rejects.toEqual(code('INPUT_INVALID'));
    vault.metrics.flush();
    expect(readManySeries(vault.db, [{ run, key: 'loss' }], 10)).toEqual([null]);
  });

  test('after closing are refused', async () => {
    const other = openTestVault(dir);
    other.close();
    await expect(other.metrics.append(run, [point('loss', 1, 1)])).rejects.toThrow('closed');
  });

  test('that wait when the vault is closed are committed and folded', async () => {
    const other = openTestVault(dir);
    const call = other.metrics.append(run, [point('loss', 1, 1)]);
    other.close();
    await call;
    expect(readWholeSeries(vault.db, run, 'loss').count).toBe(1);
    expect(journalRows()).toBe(0);
  });
});

test('after a transaction that failed, the next one makes its series again', async () => {
  vault.db.exec(`CREATE TEMP TRIGGER refuse BEFORE INSERT ON journal BEGIN SELECT RAISE(ABORT, 'refused'); END`);
  await expect(vault.metrics.append(run, [point('loss', 1, 1)])).rejects.toThrow('refused');
  vault.db.exec('DROP TRIGGER refuse');
  // Another process takes the number that the lost series would have had.
  const other = openTestVault(dir);
  await other.metrics.append(run, [point('accuracy', 1, 7)]);
  await vault.metrics.append(run, [point('loss', 1, 2)]);
  expect(readWholeSeries(vault.db, run, 'loss').values).toEqual(Float64Array.of(2));
  expect(readWholeSeries(vault.db, run, 'accuracy').values).toEqual(Float64Array.of(7));
  expect(latest('loss')).toMatchObject({ last: 2, count: 1 });
  other.close();
});

test('series can be read inside a transaction', () => {
  expect(transaction(vault.db, () => readManySeries(vault.db, [{ run, key: 'loss' }], 10))).toEqual([null]);
});

test('points sent while another transaction is open are not lost when that one is rolled back', async () => {
  const calls: Promise<void>[] = [];
  const sendThenFail = () => {
    calls.push(
      vault.metrics.append(
        run,
        Array.from({ length: 12_000 }, (_, step) => point('loss', step, step)),
      ),
    );
    throw new Error('rolled back');
  };
  expect(() => transaction(vault.db, sendThenFail)).toThrow('rolled back');
  await Promise.all(calls);
  expect(readWholeSeries(vault.db, run, 'loss').count).toBe(12_000);
});

test('the journal is folded by itself once it has 2,000 rows', async () => {
  for (let step = 0; step < 2_000; step++) {
    const call = vault.metrics.append(run, [point('loss', step, step)]);
    vault.metrics.flush();
    await call;
  }
  await expect.poll(journalRows).toBe(0);
  expect(readSeries(vault.db, run, 'loss', 5_000).count).toBe(2_000);
});

test('a series or run that is not there is METRIC_NOT_FOUND', () => {
  expect(() => readSeries(vault.db, run, 'loss', 10)).toThrow(code('METRIC_NOT_FOUND'));
  expect(() => readSeries(vault.db, 'f'.repeat(32), 'loss', 10)).toThrow(code('METRIC_NOT_FOUND'));
});
