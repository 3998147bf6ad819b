import { describe, expect, it } from 'vitest';
import { counterOf } from '../../renderer/features/run/counters.ts';
import { families } from '../../renderer/features/run/curve-families.ts';
import { liveDraws, netBenefit, readoutsAt, stepped } from '../../renderer/features/run/readouts.ts';
import { badgesOf, classWords, splitLine } from '../../renderer/features/run/run-facts.ts';
import { squareSide } from '../../renderer/features/run/use-width.ts';
import type { PartEvaluation, PredictionColumns } from '../../shared/model/evaluation.ts';

const truth = Float64Array.from([0, 0, 1, 0, 1, 1, 0, 1, 1, 0]);
const scores = Float64Array.from([0.1, 0.2, 0.35, 0.4, 0.45, 0.6, 0.62, 0.7, 0.9, 0.15]);

function predictions(subject: Int32Array | null): PredictionColumns {
  return { part: 'test', rows: 10, classes: 1, row: Int32Array.from(truth.keys()), truth, scores, subject, fold: null };
}

const stored: PartEvaluation = {
  part: 'test',
  rows: 10,
  subjects: 10,
  classRows: [5, 5],
  estimates: { sensitivity: { value: 0.8, low: 0.31, high: 0.97, method: 'as recorded', rows: 10, subjects: 10 } },
  confusion: [
    [4, 1],
    [1, 4],
  ],
};

describe('rates at a threshold', () => {
  const each = predictions(Int32Array.from(truth.keys()));
  it('are the counts of the confusion matrix, with Wilson intervals for one row per subject', () => {
    const { rows, confusion, method } = readoutsAt(each, 0.42, null);
    expect(confusion).toEqual({ truePositive: 4, falsePositive: 1, falseNegative: 1, trueNegative: 4 });
    expect(rows.map(({ key, counts }) => [key, counts])).toEqual([
      ['sensitivity', '4/5'],
      ['specificity', '4/5'],
      ['ppv', '4/5'],
      ['npv', '4/5'],
      ['accuracy', '8/10'],
      ['net-benefit', '10'],
    ]);
    expect(rows[0]!.estimate.low).toBeCloseTo(0.3755, 3);
    expect(method).toBe('Wilson 95 %');
  });
  it('at the stored threshold are those that the run recorded', () => {
    expect(readoutsAt(each, 0.42, stored).rows[0]!.estimate.method).toBe('as recorded');
  });
  it('with several rows per subject have intervals over subjects, wider than with as many subjects', () => {
    const five = readoutsAt(predictions(Int32Array.from([0, 0, 1, 2, 1, 3, 2, 3, 4, 4])), 0.42, null);
    expect(five.method).toBe('bootstrap over subjects, 95 %');
    expect(five.rows[0]!.estimate.subjects).toBe(5);
  });
  it('without a subject column say what they assume', () => {
    expect(readoutsAt(predictions(null), 0.42, null).method).toContain('assumes one row per subject');
  });
  it('that are undefined are null, never NaN', () => {
    const npv = readoutsAt(each, 0, null).rows.find(({ key }) => key === 'npv')!;
    expect(npv.estimate).toMatchObject({ value: null, low: null, high: null });
  });
  it('net benefit weighs false alarms by the odds of the threshold', () => {
    expect(netBenefit({ truePositive: 4, falsePositive: 1, falseNegative: 1, trueNegative: 4 }, 0.5)).toBeCloseTo(0.3);
  });
  it('the slider moves in hundredths and stays within 0 and 1', () => {
    expect(stepped(0.4237, 0.01)).toBe(0.43);
    expect(stepped(0.05, -0.1)).toBe(0);
    expect(stepped(0.95, 0.1)).toBe(1);
  });
  it('as many resamples as a slider can afford', () => {
    expect([100, 10_000, 1_000_000].map(liveDraws)).toEqual([2000, 500, 200]);
  });
});

describe('series of a run', () => {
  it('of the folds lie behind those of the whole, in one chart', () => {
    expect(families(['fold-1/train/loss', 'fold-2/train/loss', 'train/loss'])).toEqual([
      { name: 'loss', keys: ['fold-1/train/loss', 'fold-2/train/loss', 'train/loss'] },
    ]);
  });

  it('of one metric share a chart, training before validation, loss first, hardware apart', () => {
    expect(families(['system/cpu', 'train/loss', 'validation/auc', 'validation/loss', 'my/own', 'lr'])).toEqual([
      { name: 'loss', keys: ['train/loss', 'validation/loss'] },
      { name: 'auc', keys: ['validation/auc'] },
      { name: 'lr', keys: ['lr'] },
      { name: 'my/own', keys: ['my/own'] },
    ]);
  });
  it('of the hardware are named, also those of a second GPU and unknown ones', () => {
    expect(counterOf('system/machine-cpu')).toMatchObject({ name: 'CPU', unit: '%', top: 100 });
    expect(counterOf('system/gpu1-power')).toMatchObject({ name: 'GPU 2 power', unit: 'W' });
    expect(counterOf('system/gpu-power').rank).toBeLessThan(counterOf('system/gpu1-power').rank);
    expect(counterOf('system/fan').name).toBe('fan');
  });
});

describe('facts of a run', () => {
  const split = {
    kind: 'shares',
    train: 250,
    validation: 50,
    test: 200,
    folds: null,
    subjectsOverlap: 0,
    unit: 'subjects',
    hash: '',
  } as const;
  it('a split by subject that was checked says so before every warning', () => {
    expect(badgesOf({ badges: ['dirty-code'], split }).map(({ text, tone }) => [text, tone])).toEqual([
      ['no patient in two splits', 'ok'],
      ['code not committed', 'warn'],
    ]);
    expect(badgesOf({ badges: [], split: { ...split, unit: 'rows' } })).toEqual([]);
  });
  it('a class that is only a number or a letter is named with its column', () => {
    expect(classWords('died', 'fstat')).toBe('died');
    expect(classWords('1', 'fstat')).toBe('fstat = 1');
    expect(classWords('yes', 'relapse')).toBe('relapse = yes');
    expect(classWords('1', null)).toBe('1');
  });
  it('the split in one line', () => {
    expect(splitLine(split)).toBe('250 / 50 / 200 subjects');
    expect(splitLine({ ...split, kind: 'folds', folds: 5, train: 500, validation: 0, test: 500 })).toBe(
      '5 folds, 500 subjects',
    );
  });
});

describe('square charts share a row', () => {
  it('as many as fit, never wider than 460 pixels', () => {
    expect(squareSide(861)).toEqual({ columns: 3, side: 271 });
    expect(squareSide(744)).toEqual({ columns: 2, side: 360 });
    expect(squareSide(3300)).toEqual({ columns: 5, side: 460 });
  });
});
