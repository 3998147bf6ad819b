import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { compareRuns } from '../../main/compare/compare-runs.ts';
import type { Vault } from '../../main/store/vault.ts';
import type { CompareTest } from '../../shared/contract/runs.ts';
import { auc } from '../../shared/statistics/auc.ts';
import { createRandom } from '../../shared/statistics/random.ts';
import { openTestVault, temporaryFolder } from '../store/vault-fixture.ts';
import { type Cohort, cohort, plantDataset, plantRun, predictions, sigmoid } from './planted-runs.ts';

let vault: Vault;
beforeEach(() => {
  vault = openTestVault(temporaryFolder());
  plantDataset(vault);
});
afterEach(() => vault.close());

const compare = (ids: string[], metric: string | null = null) => compareRuns(vault, { ids, metric });
const both = (data: Cohort) => data.x.map((x, i) => sigmoid(-0.8 + 1.1 * x + 1.1 * data.y[i]!));
const onlyX = (data: Cohort) => data.x.map((x) => sigmoid(-0.7 + 0.9 * x));
const noisy = (data: Cohort, seed: number) => {
  const random = createRandom(seed);
  return data.x.map((x, i) => sigmoid(-0.8 + 1.1 * x + 1.1 * data.y[i]! + 0.5 * random.normal()));
};

describe('a planted difference', () => {
  it('is found real in AUC, its sentence names what was left out, the larger AUC first', () => {
    const data = cohort(1, 400);
    const full = plantRun(vault, { name: 'full', predictions: predictions(data, both(data)) });
    const less = plantRun(vault, { name: 'no y', predictions: predictions(data, onlyX(data)), features: ['x'] });
    const { tests, caption, metrics } = compare([less, full]);
    expect(metrics.slice(0, 2)).toEqual(['auc', 'brier']);
    const [test] = tests as [CompareTest];
    expect(test).toMatchObject({
      a: full,
      b: less,
      metric: 'auc',
      verdict: 'real',
      rows: 400,
      subjects: 400,
      method: 'paired DeLong',
    });
    expect(test.difference).toBeCloseTo(auc(data.truth, both(data))! - auc(data.truth, onlyX(data))!, 12);
    expect(test.low!).toBeGreaterThan(0);
    expect(test.sentence).toBe('Leaving out y makes the logistic model worse in AUC (p < 0.001).');
    expect(caption).toBe(
      'Paired DeLong, on the same 400 test subjects. The interval is 95 %. A test set compared many times stops being a test set: this one has been used by 2 runs.',
    );
  });

  it('is found real in the Brier score, where the smaller one is better', () => {
    const data = cohort(2, 400);
    const full = plantRun(vault, { name: 'full', predictions: predictions(data, both(data)) });
    const less = plantRun(vault, { name: 'no y', predictions: predictions(data, onlyX(data)), features: ['x'] });
    const [test] = compare([full, less], 'oof/brier').tests as [CompareTest];
    expect(test).toMatchObject({
      a: less,
      b: full,
      verdict: 'real',
      method: 'paired bootstrap over subjects, 2000 draws',
    });
    expect(test.sentence).toBe('Leaving out y makes the logistic model worse in Brier score (p < 0.001).');
    const again = compare([full, less], 'brier').tests[0];
    expect(again).toEqual(test);
  });

  it('with several rows per person is tested by the clustered form, over the number of persons', () => {
    const data = cohort(3, 150, 3);
    const full = plantRun(vault, { name: 'full', predictions: predictions(data, both(data)) });
    const less = plantRun(vault, { name: 'less', predictions: predictions(data, onlyX(data)), recipe: 'mlp' });
    const { tests, caption } = compare([full, less]);
    expect(tests[0]).toMatchObject({
      rows: 450,
      subjects: 150,
      verdict: 'real',
      method: 'paired clustered DeLong (Obuchowski)',
    });
    expect(tests[0]!.sentence).toBe('A does better than B in AUC (p < 0.001).');
    expect(caption).toContain('the same 150 test subjects (450 rows)');
  });
});

describe('no difference', () => {
  it('of two equally good models in few patients cannot be told, and the sentence says how many it would take', () => {
    const data = cohort(4, 120);
    const a = plantRun(vault, { name: 'a', predictions: predictions(data, noisy(data, 1)) });
    const b = plantRun(vault, { name: 'b', predictions: predictions(data, noisy(data, 2)), seed: 2 });
    const [test] = compare([a, b]).tests as [CompareTest];
    expect(test.verdict).toBe('cannot-tell');
    expect(test.low!).toBeLessThan(0);
    expect(test.high!).toBeGreaterThan(0);
    expect(test.sentence).toMatch(
      /^[AB] did better on these patients, but with no true difference a gap this large would still come up .+ \(p = 0\.\d+\)\. Do not prefer [AB] for its AUC\. (About|More than) [\d,]+ test subjects would be needed to show a gap this small\.$/,
    );
  });

  it('of the same model in many patients is one within the margin', () => {
    const data = cohort(5, 4000);
    const a = plantRun(vault, { name: 'a', predictions: predictions(data, both(data)) });
    const nearly = both(data).map((score, i) => score + (i % 2 === 0 ? 0.002 : -0.002));
    const b = plantRun(vault, { name: 'b', predictions: predictions(data, nearly) });
    const [test] = compare([a, b]).tests as [CompareTest];
    expect(test.verdict).toBe('no-difference');
    expect(test.sentence).toMatch(/do equally well: any gap in AUC is smaller than 0.02/);
  });

  it('between a run and its exact repetition is exactly none', () => {
    const data = cohort(6, 60);
    const a = plantRun(vault, { name: 'a', predictions: predictions(data, both(data)) });
    const b = plantRun(vault, { name: 'b', predictions: predictions(data, both(data)) });
    for (const metric of ['auc', 'brier', 'f1']) {
      expect(compare([a, b], metric).tests[0]).toMatchObject({
        difference: 0,
        low: 0,
        high: 0,
        p: 1,
        verdict: 'no-difference',
      });
    }
  });
});

describe('several pairs', () => {
  it('widen the intervals by Bonferroni and correct p by Holm', () => {
    const data = cohort(7, 300);
    const scores = [both(data), noisy(data, 1), onlyX(data)];
    const ids = scores.map((s, i) => plantRun(vault, { name: `${i}`, predictions: predictions(data, s) }));
    const { tests, caption } = compare(ids);
    expect(tests.map(({ a, b }) => [a, b].toSorted())).toEqual(
      [
        [0, 1],
        [0, 2],
        [1, 2],
      ].map((pair) => pair.map((i) => ids[i!]!).toSorted()),
    );
    const alone = compare([ids[0]!, ids[2]!]).tests[0]!;
    const among = tests[1]!;
    expect(among.difference).toBe(alone.difference);
    // 2.394 is the normal quantile of 1 − 0.05/6.
    expect((among.high! - among.low!) / (alone.high! - alone.low!)).toBeCloseTo(2.3939798 / 1.959964, 5);
    expect(among.p!).toBeGreaterThan(alone.p!);
    expect(among.p!).toBeLessThanOrEqual(3 * alone.p!);
    expect(caption).toContain('Intervals are 95 % together, widened for 3 comparisons (Bonferroni); p by Holm.');
  });

  it('are tested on the rows that both predicted, also when parts and order differ', () => {
    const data = cohort(8, 300);
    const whole = predictions(data, both(data));
    const at = Int32Array.from({ length: 100 }, (_, i) => 299 - 3 * i);
    const part = {
      ...whole,
      part: 'test' as const,
      rows: 100,
      row: at,
      fold: null,
      truth: Float64Array.from(at, (i) => data.truth[i]!),
      scores: Float64Array.from(at, (i) => onlyX(data)[i]!),
      subject: Int32Array.from(at, (i) => data.subject[i]!),
    };
    const a = plantRun(vault, { name: 'folds', predictions: whole });
    const b = plantRun(vault, { name: 'split', predictions: part, split: { kind: 'shares', hash: 'f'.repeat(64) } });
    const { tests, caption } = compare([a, b]);
    const truth = Array.from(at, (i) => data.truth[i]!);
    const expected =
      auc(
        truth,
        Array.from(at, (i) => both(data)[i]!),
      )! - auc(truth, Array.from(part.scores))!;
    expect(tests[0]).toMatchObject({ rows: 100, subjects: 100 });
    expect(Math.abs(tests[0]!.difference!)).toBeCloseTo(Math.abs(expected), 12);
    expect(caption).not.toContain('used by');
  });
});

describe('what cannot be compared says why, in words', () => {
  const data = cohort(9, 80);
  const base = () => plantRun(vault, { name: 'base', predictions: predictions(data, both(data)) });
  const reasonFor = (other: Partial<Parameters<typeof plantRun>[1]>, metric: string | null = null) => {
    const ids = [base(), plantRun(vault, { name: 'other', predictions: predictions(data, onlyX(data)), ...other })];
    const [test] = compare(ids, metric).tests as [CompareTest];
    expect(test).toMatchObject({ difference: null, low: null, high: null, p: null, verdict: 'not-comparable' });
    return test.sentence;
  };

  it('other data, another target, other classes', () => {
    expect(reasonFor({ dataset: { name: 'cohort', version: 2 } })).toBe(
      'They were tested on different data: A on cohort v1, B on cohort v2.',
    );
    expect(reasonFor({ target: 'readmitted' })).toBe(
      'They predict different things: A predicts died, B predicts readmitted.',
    );
    expect(reasonFor({ classes: ['no', 'yes'] })).toBe('They tell apart different classes of died.');
  });

  it('no predictions, no shared patient, another truth', () => {
    expect(reasonFor({ predictions: null })).toBe('B has no held-out predictions: it was trained without a test part.');
    const shifted = predictions(data, both(data));
    expect(reasonFor({ predictions: { ...shifted, row: shifted.row.map((row) => row + 1000) } })).toBe(
      'A and B were tested on different patients.',
    );
    expect(reasonFor({ predictions: { ...shifted, truth: data.truth.map((y) => 1 - y) } })).toBe(
      'They disagree about the true outcome of a patient.',
    );
  });

  it('validation predictions are not held out', () => {
    const validation = { ...predictions(data, onlyX(data)), part: 'validation' as const };
    expect(reasonFor({ predictions: validation })).toContain('no held-out predictions');
  });

  it('an unknown metric is an error that lists those there are, an unknown run too', () => {
    expect(() => compare([base()], 'train/loss')).toThrow(expect.objectContaining({ code: 'METRIC_NOT_FOUND' }));
    expect(() => compare(['0'.repeat(32)])).toThrow(expect.objectContaining({ code: 'RUN_NOT_FOUND' }));
  });

  it('too few patients of one outcome give no number', () => {
    const few = { ...data, truth: data.truth.map((_, i) => (i === 0 ? 1 : 0)) };
    const ids = [both, onlyX].map((scores) =>
      plantRun(vault, { name: 'few', predictions: predictions(few, scores(data)) }),
    );
    expect(compare(ids).tests[0]).toMatchObject({
      verdict: 'not-comparable',
      sentence: 'The AUC is not defined on the 80 rows that both predicted.',
    });
  });
});

describe('what differs', () => {
  const data = cohort(10, 40);
  it('lists params, data with features left out and added, and hides ids, labels and times', () => {
    const p = predictions(data, both(data));
    const a = plantRun(vault, { name: 'one', predictions: p, features: ['x', 'y', 'age'] });
    const b = plantRun(vault, {
      name: 'two',
      predictions: p,
      recipe: 'mlp',
      params: { l2: 1, dropout: 0.2 },
      features: ['x', 'y', 'bmi'],
      seed: 7,
    });
    const { differs, hidden, compared } = compare([a, b]);
    expect(differs).toEqual({
      params: [
        { key: 'recipe', values: ['logistic', 'mlp'] },
        { key: 'seed', values: ['1', '7'] },
        { key: 'dropout', values: [null, '0.2'] },
      ],
      data: [{ key: 'features', values: ['3', '− age + bmi 3'] }],
      code: [],
      environment: [],
      hardware: [],
    });
    const keys = hidden.map(({ key }) => key);
    expect(keys).toEqual(expect.arrayContaining(['id', 'name']));
    expect(keys.every((key) => ['id', 'name', 'created', 'started', 'ended', 'duration'].includes(key))).toBe(true);
    expect(compared).toBeGreaterThan(25);
  });

  it('is nothing for one run alone', () => {
    const only = plantRun(vault, { name: 'one', predictions: predictions(data, both(data)) });
    const { differs, tests, caption } = compare([only, only]);
    expect([Object.values(differs).flat(), tests, caption]).toEqual([[], [], '']);
  });
});

it('fifty runs are compared in one go: 1,225 pairs', () => {
  const data = cohort(11, 100);
  const ids = Array.from({ length: 50 }, (_, i) =>
    plantRun(vault, { name: `${i}`, predictions: predictions(data, noisy(data, i)) }),
  );
  const { tests, caption } = compare(ids, 'brier');
  expect(tests).toHaveLength(1225);
  expect(caption).toContain('widened for 1225 comparisons');
  expect(tests.filter(({ verdict }) => verdict === 'real')).toEqual([]);
});
