import { expect, test } from 'vitest';
import type { Cells } from '../../main/store/table/cells.ts';
import { chooseFeatures } from '../../main/training/plan/choose-features.ts';
import { orderClasses } from '../../main/training/plan/class-order.ts';
import { planSplit } from '../../main/training/plan/plan-split.ts';
import { readTarget } from '../../main/training/plan/read-target.ts';
import { strataOf } from '../../main/training/plan/strata.ts';
import { logisticDeclaration } from '../../main/training/recipes/logistic/declaration.ts';
import type { ColumnProfile, ColumnRole, DatasetVersion } from '../../shared/model/dataset.ts';
import { type RecipeDeclaration, type TrainSpec, trainSpec } from '../../shared/model/train-spec.ts';

const code = (wanted: string) => expect.objectContaining({ code: wanted });
const numeric = (values: number[], type: Cells['type'] = 'number'): Cells => ({
  kind: 'numeric',
  type,
  values: Float64Array.from(values),
  missing: Uint8Array.from(values, (value) => (Number.isNaN(value) ? 1 : 0)),
});
const category = (values: (string | null)[], type: Cells['type'] = 'category'): Cells => {
  const dictionary = [...new Set(values.filter((value) => value !== null))];
  return {
    kind: 'levels',
    type,
    codes: Int32Array.from(values, (value) => (value === null ? -1 : dictionary.indexOf(value))),
    dictionary,
    missing: Uint8Array.from(values, (value) => (value === null ? 1 : 0)),
  };
};

test.each([
  [
    ['1', '0'],
    ['0', '1'],
  ],
  [
    ['10', '9', '2'],
    ['2', '9', '10'],
  ],
  [
    ['yes', 'no'],
    ['no', 'yes'],
  ],
  [
    ['Died', 'alive'],
    ['alive', 'Died'],
  ],
  [
    ['case', 'control'],
    ['control', 'case'],
  ],
  [
    ['normal', 'pneumonia'],
    ['normal', 'pneumonia'],
  ],
  [
    ['abnormal', 'normal'],
    ['normal', 'abnormal'],
  ],
  [
    ['b', 'a'],
    ['a', 'b'],
  ],
  [
    ['m', 'f'],
    ['f', 'm'],
  ],
  [
    ['c', 'a', 'b'],
    ['a', 'b', 'c'],
  ],
])('classes %j are scored in the order %j: of two the last is the positive one', (labels, ordered) => {
  expect(orderClasses(labels)).toEqual(ordered);
});

test('a target is read as class numbers, NaN where it is missing', () => {
  expect(readTarget(category(['no', null, 'yes', 'no']), 't', logisticDeclaration, null)).toEqual({
    classes: ['no', 'yes'],
    task: 'binary',
    y: Float64Array.of(0, Number.NaN, 1, 0),
    counts: [2, 1],
    missing: 1,
  });
});

const numbers: RecipeDeclaration = {
  ...logisticDeclaration,
  id: 'numbers',
  tasks: ['binary', 'multiclass', 'regression'],
};

test('a column of many numbers is a regression target where the recipe predicts numbers, and few values are classes unless asked', () => {
  const measured = numeric(Array.from({ length: 40 }, (_, i) => (i === 7 ? Number.NaN : i / 3)));
  const target = readTarget(measured, 't', numbers, null);
  expect(target).toMatchObject({ task: 'regression', classes: [], counts: [], missing: 1 });
  expect(target.y.slice(6, 9)).toEqual(Float64Array.of(2, Number.NaN, 8 / 3));
  const scale = numeric([0, 1, 2, 3, 2, 1]);
  expect(readTarget(scale, 't', numbers, null)).toMatchObject({ task: 'multiclass', classes: ['0', '1', '2', '3'] });
  expect(readTarget(scale, 't', numbers, 'regression').task).toBe('regression');
  expect(() => readTarget(scale, 't', numbers, 'binary')).toThrowError(code('TARGET_INVALID'));
  expect(() => readTarget(scale, 't', logisticDeclaration, 'regression')).toThrowError(code('TARGET_INVALID'));
});

test('regression splits keep the fifths of the target even, and need no class', () => {
  const y = Float64Array.from({ length: 100 }, (_, i) => ((i * 37) % 100) / 10);
  const strata = strataOf(y, []);
  expect([0, 1, 2, 3, 4].map((k) => strata.filter((code) => code === k).length)).toEqual([20, 20, 20, 20, 20]);
  const rows = { y, subject: null, classes: [], target: 't' };
  const { fold } = planSplit({ kind: 'folds', folds: 5 }, rows, null, Int32Array.from(y.keys()), 1);
  for (let k = 0; k < 5; k++) expect(strata.filter((code, i) => code === 4 && fold![i] === k)).toHaveLength(4);
});

test.each([
  ['one class', numeric([1, 1, 1])],
  ['one class beside missing cells', category(['a', null, 'a'])],
  ['nothing but missing cells', numeric([Number.NaN, Number.NaN])],
  ['a measured number', numeric(Array.from({ length: 40 }, (_, i) => i / 3))],
  ['dates', numeric([1, 2], 'date')],
  ['text', category(['a', 'b'], 'text')],
])('a target that holds %s is refused', (_, cells) => {
  expect(() => readTarget(cells, 't', logisticDeclaration, null)).toThrowError(code('TARGET_INVALID'));
});

const column = (name: string, role: ColumnRole, remark: string | null = null): ColumnProfile => ({
  name,
  type: role === 'free-text' ? 'text' : 'number',
  role,
  missing: 0,
  distinct: 9,
  distribution: { kind: 'none' },
  remark,
});
const version = {
  name: 'cohort',
  columns: [
    column('id', 'subject'),
    column('mrn', 'identifier'),
    column('notes', 'free-text'),
    column('age', 'feature'),
    column('bmi', 'feature'),
    column('days', 'time'),
    column('died', 'event'),
  ],
} as DatasetVersion;
const wish = (features: string[] | null, drop: string[] = []): TrainSpec =>
  trainSpec.parse({
    recipe: 'logistic',
    dataset: { name: 'cohort', version: 1 },
    target: 'died',
    features,
    drop,
    params: {},
    split: { kind: 'folds', folds: 5 },
    seed: 1,
    engine: null,
    study: 'Default',
    name: null,
  });

test('without names every column with the role feature is taken, less those dropped', () => {
  expect(chooseFeatures(version, wish(null)).features).toEqual(['age', 'bmi']);
  expect(chooseFeatures(version, wish(null, ['bmi', 'mrn'])).features).toEqual(['age']);
});

test.each(['id', 'mrn', 'notes', 'died'])('%s is refused as a feature even when it is named', (name) => {
  expect(() => chooseFeatures(version, wish(['age', name]))).toThrowError(code('FEATURES_INVALID'));
});

test('a neighbouring outcome is taken when it is named, with a warning', () => {
  const { features, warnings } = chooseFeatures(version, wish(['age', 'days']));
  expect(features).toEqual(['age', 'days']);
  expect(warnings).toEqual([expect.stringContaining('"days" looks like an outcome')]);
});

test('unknown columns and an empty choice are refused', () => {
  expect(() => chooseFeatures(version, wish(['agee']))).toThrowError(code('COLUMN_NOT_FOUND'));
  expect(() => chooseFeatures(version, wish(null, ['agee']))).toThrowError(code('COLUMN_NOT_FOUND'));
  expect(() => chooseFeatures(version, { ...wish(null), target: 'dead' })).toThrowError(code('COLUMN_NOT_FOUND'));
  expect(() => chooseFeatures(version, wish(null, ['age', 'bmi']))).toThrowError(code('FEATURES_INVALID'));
});

const rows = {
  y: Float64Array.of(0, 1, 0, 1, 0, 1, 0, 1),
  subject: Int32Array.of(0, 0, 1, 1, 2, 2, 3, 3),
  classes: ['0', '1'],
  target: 't',
};
const usable = Int32Array.of(0, 1, 2, 3, 4, 5, 6, 7);

test('a split column that puts a person on two sides stops the run', () => {
  const cells = category(['train', 'test', 'train', 'train', 'train', 'train', 'test', 'test']);
  expect(() => planSplit({ kind: 'column', column: 's' }, rows, cells, usable, 1)).toThrowError(
    code('SUBJECT_OVERLAP'),
  );
});

test('a split column of numbers, and one with other words, are refused', () => {
  const request = { kind: 'column', column: 's' } as const;
  expect(() => planSplit(request, rows, numeric([0, 1, 0, 1, 0, 1, 0, 1]), usable, 1)).toThrowError(
    code('SPLIT_INVALID'),
  );
  const other = category(['train', 'train', 'holdout', 'test', 'train', 'train', 'test', 'test']);
  expect(() => planSplit(request, rows, other, usable, 1)).toThrowError(code('SPLIT_INVALID'));
});

test('a class that a side would miss is named', () => {
  const rare = { ...rows, subject: null, y: Float64Array.of(0, 0, 0, 0, 0, 0, 0, 1) };
  expect(() => planSplit({ kind: 'folds', folds: 4 }, rare, null, usable, 1)).toThrowError(code('TARGET_INVALID'));
});

test('sizes count persons where the dataset knows them, and rows otherwise', () => {
  const folds = planSplit({ kind: 'folds', folds: 2 }, rows, null, usable, 1).summary;
  expect(folds).toMatchObject({
    kind: 'folds',
    train: 4,
    validation: 0,
    test: 4,
    folds: 2,
    unit: 'subjects',
    subjectsOverlap: 0,
  });
  const shares = { kind: 'shares', train: 0.5, validation: 0.25, test: 0.25 } as const;
  expect(planSplit(shares, { ...rows, subject: null }, null, usable, 1).summary).toMatchObject({
    train: 4,
    validation: 2,
    test: 2,
    unit: 'rows',
  });
});
