import { describe, expect, it } from 'vitest';
import { confusionAt } from '../../shared/statistics/confusion.ts';
import { estimateAll } from '../../shared/statistics/estimate-all.ts';
import { wilsonInterval } from '../../shared/statistics/wilson.ts';
import { calibratedSample } from './samples.ts';

const keys = [
  'accuracy',
  'auc',
  'average-precision',
  'balanced-accuracy',
  'brier',
  'calibration-intercept',
  'calibration-slope',
  'f1',
  'log-loss',
  'mcc',
  'npv',
  'ppv',
  'sensitivity',
  'specificity',
];
const rates = ['accuracy', 'sensitivity', 'specificity', 'ppv', 'npv'] as const;
const one = calibratedSample(21, 150, 1);
const three = calibratedSample(22, 60, 3);

describe('the rule of methods', () => {
  it('one row per person: AUC with DeLong, rates with Wilson, everything else by bootstrap', () => {
    const all = estimateAll({ ...one, classes: 2, threshold: 0.5, seed: 1 });
    expect(Object.keys(all).sort()).toEqual(keys);
    const methods = Object.fromEntries(Object.entries(all).map(([key, { method }]) => [key, method]));
    const expected = Object.fromEntries(keys.map((key) => [key, 'bootstrap over subjects, 2000 draws']));
    for (const key of rates) expected[key] = 'Wilson';
    expect(methods).toEqual({ ...expected, auc: 'DeLong' });
    for (const { value, low, high, rows, subjects } of Object.values(all)) {
      expect(low!).toBeLessThan(value!);
      expect(high!).toBeGreaterThan(value!);
      expect([rows, subjects]).toEqual([150, 150]);
    }
    const c = confusionAt(one.truth, one.scores, 0.5);
    const { low, high } = wilsonInterval(c.truePositive, c.truePositive + c.falseNegative)!;
    expect(all.sensitivity).toMatchObject({ low, high });
  });

  it('several rows per person: the clustered DeLong for AUC, a bootstrap over persons for everything else', () => {
    const all = estimateAll({ ...three, classes: 2, threshold: 0.5, seed: 1 });
    for (const [key, { method, rows, subjects }] of Object.entries(all)) {
      expect(method).toBe(key === 'auc' ? 'clustered DeLong (Obuchowski)' : 'bootstrap over subjects, 2000 draws');
      expect([rows, subjects]).toEqual([180, 60]);
    }
  });

  it('no subject column: as one row per person, said in the method, persons unknown', () => {
    const all = estimateAll({ ...one, subject: null, classes: 2, threshold: 0.5, seed: 1 });
    expect(all.auc).toMatchObject({ method: 'DeLong, assumes one row per subject', rows: 150, subjects: null });
    expect(all.sensitivity?.method).toBe('Wilson, assumes one row per subject');
    const known = estimateAll({ ...one, classes: 2, threshold: 0.5, seed: 1 });
    for (const key of ['auc', 'brier', 'sensitivity'] as const) expect(all[key]?.low).toBe(known[key]?.low);
  });

  it('no threshold: what depends on one is left out', () => {
    const all = estimateAll({ ...one, classes: 2, threshold: null, seed: 1 });
    expect(Object.keys(all).sort()).toEqual([
      'auc',
      'average-precision',
      'brier',
      'calibration-intercept',
      'calibration-slope',
      'log-loss',
    ]);
  });
});

it('the same seed gives the same numbers; the order of the rows does not matter to the values', () => {
  const input = { ...three, classes: 2, threshold: 0.5, seed: 4 };
  expect(estimateAll(input)).toEqual(estimateAll(input));
  const reversed = estimateAll({
    ...input,
    truth: three.truth.toReversed(),
    scores: three.scores.toReversed(),
    subject: three.subject.toReversed(),
  });
  const forward = estimateAll(input);
  for (const key of ['auc', 'brier', 'calibration-slope', 'mcc'] as const) {
    expect(reversed[key]?.value).toBeCloseTo(forward[key]!.value!, 9);
  }
});

describe('degenerate input gives null, never NaN and never a throw', () => {
  const sample = (truth: number[], scores: number[], classes = 2) =>
    estimateAll({ truth, scores: Float64Array.from(scores), classes, subject: null, threshold: 0.5, seed: 1 });
  const noNaN = (all: ReturnType<typeof sample>) => {
    for (const { value, low, high } of Object.values(all)) {
      for (const number of [value, low, high]) expect(number === null || Number.isFinite(number)).toBe(true);
      if (low !== null) expect(low).toBeLessThanOrEqual(high!);
    }
    return all;
  };

  it('no rows', () => {
    for (const { value, low, high } of Object.values(noNaN(sample([], []))))
      expect([value, low, high]).toEqual([null, null, null]);
    noNaN(sample([], [], 4));
  });

  it('one class', () => {
    const all = noNaN(sample([1, 1, 1], [0.2, 0.6, 0.9]));
    for (const key of [
      'auc',
      'average-precision',
      'calibration-slope',
      'calibration-intercept',
      'specificity',
      'mcc',
    ] as const) {
      expect(all[key]?.value).toBeNull();
    }
    expect(all.sensitivity?.value).toBeCloseTo(2 / 3, 12);
    expect(all.brier?.value).toBeCloseTo((0.64 + 0.16 + 0.01) / 3, 12);
  });

  it('constant scores: AUC one half with an interval that has a width, no slope', () => {
    const all = noNaN(sample([1, 0, 1, 0, 0, 0], new Array<number>(6).fill(0.4)));
    expect(all.auc).toMatchObject({
      value: 0.5,
      method: 'score interval (Newcombe 2006), assumes one row per subject',
    });
    expect(all.auc!.high! - all.auc!.low!).toBeGreaterThan(0.3);
    expect(all['calibration-slope']?.value).toBeNull();
    expect(all.ppv?.value).toBeNull();
  });

  it('perfect separation: AUC 1 whose interval reaches down, no slope, no spread claimed where draws have none', () => {
    const truth = Array.from({ length: 30 }, (_, i) => (i < 10 ? 1 : 0));
    const all = noNaN(
      sample(
        truth,
        truth.map((y, i) => (y === 1 ? 0.7 : 0.1) + i / 1000),
      ),
    );
    expect(all.auc).toMatchObject({ value: 1, high: 1 });
    expect(all.auc!.low!).toBeLessThan(0.99);
    expect(all['calibration-slope']?.value).toBeNull();
    expect(all.f1).toMatchObject({ value: 1, low: null, high: null });
    expect(all.sensitivity!.low!).toBeLessThan(0.8);
  });

  it('rates of 1 over several rows per person keep a width, from the number of persons', () => {
    const subject = Int32Array.from({ length: 30 }, (_, i) => Math.floor(i / 3));
    const truth = Uint8Array.from({ length: 30 }, (_, i) => (i < 15 ? 1 : 0));
    const all = estimateAll({
      truth,
      scores: Float64Array.from(truth, (y) => 0.1 + 0.8 * y),
      classes: 2,
      subject,
      threshold: 0.5,
      seed: 1,
    });
    expect(all.sensitivity).toMatchObject({ value: 1, ...wilsonInterval(5, 5)! });
    expect(all.accuracy).toMatchObject({ value: 1, ...wilsonInterval(10, 10)! });
  });

  it('scores that are not numbers', () => {
    const all = noNaN(sample([1, 0, 1], [0.2, Number.NaN, Number.POSITIVE_INFINITY]));
    expect(Object.keys(all).sort()).toEqual(keys);
    expect(all.brier?.value).toBeNull();
    expect(all.brier?.method).toContain('not every score is a finite number');
  });

  it('more classes than rows', () => {
    noNaN(sample([0, 2], [1, 0, 0, 0, 0.2, 0.2, 0.3, 0.3], 4));
  });
});
