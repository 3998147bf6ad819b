import { describe, expect, it } from 'vitest';
import { initialForm, recipesFor, withRecipe, withTarget } from '../../renderer/features/train/form-state.ts';
import { fittingRecipe, taskOf, unfit, waysToRead } from '../../renderer/features/train/targets.ts';
import { problemsOf, shownParams, toSpec } from '../../renderer/features/train/to-spec.ts';
import type { ColumnProfile, DatasetVersion } from '../../shared/model/dataset.ts';
import { type ParamDeclaration, type RecipeDeclaration, trainSpec } from '../../shared/model/train-spec.ts';

function column(name: string, type: ColumnProfile['type'], distinct: number, role: ColumnProfile['role'] = 'feature') {
  return { name, type, role, distinct, missing: 0, distribution: { kind: 'none' }, remark: null } as ColumnProfile;
}

const version = {
  name: 'ward',
  version: 1,
  kind: 'table',
  rows: 300,
  subjects: 300,
  columns: [
    column('id', 'integer', 300, 'subject'),
    column('age', 'number', 90),
    column('stage', 'integer', 4),
    column('sex', 'category', 2),
    column('died', 'category', 2, 'event'),
    column('seen', 'date', 200),
  ],
  warnings: [],
} as unknown as DatasetVersion;

const number = (name: string, more: Partial<ParamDeclaration> = {}): ParamDeclaration => ({
  name,
  label: name,
  help: '',
  type: 'number',
  default: 1,
  min: 0,
  max: 10,
  choices: null,
  ...more,
});
const recipe = (id: string, tasks: RecipeDeclaration['tasks'], more: Partial<RecipeDeclaration> = {}) =>
  ({
    id,
    version: '1.0',
    label: id,
    summary: '',
    tasks,
    input: 'table',
    engines: ['cpu'],
    params: [],
    ...more,
  }) as RecipeDeclaration;

const threshold: ParamDeclaration = number('threshold', {
  type: 'choice',
  default: 'youden',
  choices: ['youden', 'sensitivity'],
  tasks: ['binary'],
});
const target = number('sensitivity_target', {
  default: 0.95,
  tasks: ['binary'],
  when: { param: 'threshold', is: 'sensitivity' },
});
const recipes = [
  recipe('logistic', ['binary', 'multiclass'], { params: [number('l2'), threshold, target] }),
  recipe('linear', ['regression'], { params: [number('l2', { default: 2 })] }),
  recipe('forest', ['binary', 'multiclass', 'regression'], { params: [threshold, target] }),
  recipe('cnn', ['binary'], { input: 'images' }),
];
const tables = recipesFor(version, recipes);

describe('what a column can be as a target', () => {
  it('follows its type and how many values it has', () => {
    const ways = Object.fromEntries(version.columns.map((one) => [one.name, waysToRead(one)]));
    expect(ways).toEqual({
      id: [],
      age: ['number'],
      stage: ['classes', 'number'],
      sex: ['classes'],
      died: ['classes'],
      seen: [],
    });
    expect(taskOf(column('stage', 'integer', 4), 'classes')).toBe('multiclass');
    expect(taskOf(column('stage', 'integer', 4), 'number')).toBe('regression');
  });
});

describe('recipes', () => {
  it('are those for the kind of dataset, and say why they do not fit a target', () => {
    expect(tables.map(({ id }) => id)).toEqual(['logistic', 'linear', 'forest']);
    expect(tables.map((one) => unfit(one, 'regression'))).toEqual(['predicts classes only', null, null]);
    expect(tables.map((one) => unfit(one, 'binary'))).toEqual([null, 'predicts a number only', null]);
    expect(unfit(recipe('two', ['binary']), 'multiclass')).toBe('not for several classes');
  });
  it('give way to the first that fits when the target changes, and stay when they fit', () => {
    const form = initialForm(version, tables, 'Default');
    expect([form.target, form.readAs, form.recipe]).toEqual(['died', 'classes', 'logistic']);
    const onAge = withTarget(form, version, tables, 'age');
    expect([onAge.readAs, onAge.recipe, onAge.params.l2]).toEqual(['number', 'linear', '2']);
    expect(onAge.features.has('age')).toBe(false);
    const forest = withRecipe(form, recipes[2]);
    expect(withTarget(forest, version, tables, 'age').recipe).toBe('forest');
    expect(fittingRecipe(tables, 'linear', 'binary')?.id).toBe('logistic');
  });
  it('keep what the person said about the threshold when another is chosen', () => {
    const form = initialForm(version, tables, 'Default');
    const asked = { ...form, params: { ...form.params, l2: '7', threshold: 'sensitivity', sensitivity_target: '0.9' } };
    expect(withRecipe(asked, recipes[2]).params).toEqual({ threshold: 'sensitivity', sensitivity_target: '0.9' });
  });
});

describe('the form as main takes it', () => {
  const form = initialForm(version, tables, 'Default');
  it('holds only the params that count', () => {
    expect(shownParams(recipes[0]!, 'binary', form).map(({ name }) => name)).toEqual(['l2', 'threshold']);
    const spec = toSpec(form, version, recipes[0]!)!;
    expect(trainSpec.parse(spec)).toMatchObject({
      task: 'binary',
      params: { l2: 1, threshold: 'youden' },
      cores: null,
      deterministic: true,
      checkpointEvery: 1,
      from: null,
    });
  });
  it('is none while something in it is wrong, and names it', () => {
    expect(problemsOf({ ...form, cores: '0', checkpointEvery: '1.5' })).toEqual({
      cores: 'A whole number from 1, or empty.',
      checkpointEvery: 'A whole number from 1.',
    });
    expect(toSpec({ ...form, cores: 'two' }, version, recipes[0]!)).toBeNull();
    expect(toSpec(form, version, recipes[1]!)).toBeNull();
    expect(toSpec({ ...form, recipe: 'fine-tune' }, version, recipe('fine-tune', ['binary']))).toBeNull();
  });
  it('of images asks for no features', () => {
    expect(problemsOf({ ...form, features: new Set() }, 'images')).toEqual({});
    expect(toSpec({ ...form, features: new Set() }, version, recipes[3]!)).toMatchObject({ features: null });
  });
});
