import { expect, test } from 'vitest';
import { checkParams, parseParam } from '../../main/training/recipes/check-params.ts';
import { findRecipe, recipeDeclarations } from '../../main/training/recipes/declarations.ts';
import { applicableParams } from '../../shared/model/applicable-params.ts';
import { recipeDeclaration } from '../../shared/model/train-spec.ts';

const refused = expect.objectContaining({ code: 'PARAM_INVALID' });

test.each(recipeDeclarations)('$id: the declaration is complete and its defaults obey it', (recipe) => {
  expect(recipeDeclaration.parse(recipe)).toEqual(recipe);
  const defaults = Object.fromEntries(recipe.params.map((param) => [param.name, param.default]));
  expect(checkParams(recipe, {})).toEqual(defaults);
  expect(checkParams(recipe, defaults)).toEqual(defaults);
  for (const param of recipe.params) expect(parseParam(recipe, param.name, String(param.default))).toBe(param.default);
});

test('unequal classes are left as they are by default, and the help says that weighing them spoils calibration', () => {
  const param = findRecipe('mlp').params.find(({ name }) => name === 'imbalance')!;
  expect(param.default).toBe('none');
  expect(param.help).toMatch(/spoils calibration/);
});

test.each([
  ['mlp', { epochs: 0 }],
  ['mlp', { epochs: 1.5 }],
  ['mlp', { epochs: '10' }],
  ['mlp', { dropout: 1 }],
  ['mlp', { dropout: Number.NaN }],
  ['mlp', { imbalance: 'some' }],
  ['mlp', { hidden: '' }],
  ['mlp', { hidden: '64, -1' }],
  ['mlp', { hidden: '1e9' }],
  ['mlp', { wavelength: 1 }],
  ['logistic', { l2: -1 }],
  ['logistic', { l2: Number.POSITIVE_INFINITY }],
])('%s refuses %j', (id, params) => {
  expect(() => checkParams(findRecipe(id), params as never)).toThrowError(refused);
});

test('text of --set is read as the declared type', () => {
  const mlp = findRecipe('mlp');
  expect(parseParam(mlp, 'epochs', '12')).toBe(12);
  expect(parseParam(mlp, 'missing_indicator', 'yes')).toBe(true);
  expect(parseParam(mlp, 'hidden', '8 4')).toBe('8 4');
  expect(() => parseParam(mlp, 'epochs', 'many')).toThrowError(refused);
  expect(() => parseParam(mlp, 'epochs', '')).toThrowError(refused);
  expect(() => parseParam(mlp, 'missing_indicator', 'maybe')).toThrowError(refused);
  expect(() => findRecipe('forest')).toThrowError(expect.objectContaining({ code: 'RECIPE_NOT_FOUND' }));
});

test('a run records the params that count: those of its task, and of choices that were made', () => {
  const { params } = findRecipe('logistic');
  const named = (task: 'binary' | 'multiclass', given: Record<string, string>) =>
    Object.keys(applicableParams(params, task, checkParams(findRecipe('logistic'), given)));
  const threshold = 'sensitivity';
  expect(named('binary', {})).toContain('threshold');
  expect(named('binary', {})).not.toContain('sensitivity_target');
  expect(named('binary', { threshold })).toContain('sensitivity_target');
  expect(named('multiclass', { threshold })).not.toContain('threshold');
  expect(named('multiclass', { threshold })).not.toContain('sensitivity_target');
});
