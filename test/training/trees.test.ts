import { describe, expect, test } from 'vitest';
import { checkParams } from '../../main/training/recipes/check-params.ts';
import { findRecipe } from '../../main/training/recipes/declarations.ts';
import { loadRecipe } from '../../main/training/recipes/load-recipe.ts';
import type { FitState, ModelColumn, TableRecipe, TableSamples } from '../../main/training/recipes/recipe.ts';
import type { ParamValue } from '../../shared/model/run.ts';
import { auc } from '../../shared/statistics/auc.ts';
import { createRandom } from '../../shared/statistics/random.ts';
import { fitInput } from './fit-input.ts';

const columns: ModelColumn[] = [
  { name: 'a', mean: 0, scale: 1 },
  { name: 'b', mean: 0, scale: 1 },
  { name: 'c', mean: 0, scale: 1, levels: ['k', 'l', 'm', 'n', 'o'] },
  { name: 'd', mean: 0, scale: 1 },
];
const effect = [1.5, -1.5, 0.5, 2, -2];

/** A number, one with missing cells that tell something, a category, and noise. */
function samples(rows: number, seed: number, task: 'binary' | 'multiclass' | 'regression'): TableSamples {
  const random = createRandom(seed);
  const x = new Float64Array(rows * 4);
  const y = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    const missing = random.uniform() < 0.2;
    const level = random.below(5);
    x.set([random.normal(), missing ? Number.NaN : random.normal(), level, random.normal()], 4 * i);
    const score = x[4 * i]! + (missing ? 1.5 : 0.5 * x[4 * i + 1]!) + effect[level]! - 0.5 + 0.5 * random.normal();
    y[i] = task === 'regression' ? score : task === 'binary' ? Number(score > 0) : score < -1 ? 0 : score < 1 ? 1 : 2;
  }
  return { kind: 'table', x, y, rows, columns: 4 };
}

const recipeOf = async (id: string) => (await loadRecipe(id)) as TableRecipe;
const paramsOf = (id: string, given: Record<string, ParamValue>) => checkParams(findRecipe(id), given);
const classesOf = { binary: ['no', 'yes'], multiclass: ['low', 'middle', 'high'], regression: [] };
const fast = { 'gradient-boosting': { trees: 60, patience: 10, min_samples_leaf: 10 }, 'random-forest': { trees: 25 } };
const ids = ['gradient-boosting', 'random-forest'] as const;
const tasks = ['binary', 'multiclass', 'regression'] as const;

async function fitted(
  id: (typeof ids)[number],
  task: (typeof tasks)[number],
  more: Partial<Parameters<typeof fitInput>[0]> & { given?: Record<string, ParamValue>; rows?: number } = {},
) {
  const { given, rows, ...rest } = more;
  const input = fitInput({
    train: samples(rows ?? 600, 1, task),
    validation: samples(300, 2, task),
    classes: classesOf[task],
    columns,
    params: paramsOf(id, { ...fast[id], ...given }),
    ...rest,
  });
  return { model: await (await recipeOf(id)).fit(input), input };
}

describe.each(ids)('%s', (id) => {
  test.each(tasks)(
    '%s: predicts others far better than chance, and the stored model predicts the same',
    async (task) => {
      const { model } = await fitted(id, task);
      const test = samples(500, 3, task);
      const scores = await model.predict(test);
      if (task === 'binary') expect(auc(test.y, scores)).toBeGreaterThan(0.93);
      else if (task === 'multiclass') {
        const right = test.y.filter((k, i) => [0, 1, 2].every((c) => scores[3 * i + k]! >= scores[3 * i + c]!));
        expect(right.length / test.rows).toBeGreaterThan(0.7);
        for (let i = 0; i < 500; i++)
          expect(scores[3 * i]! + scores[3 * i + 1]! + scores[3 * i + 2]!).toBeCloseTo(1, 6);
      } else {
        const mean = test.y.reduce((sum, y) => sum + y, 0) / 500;
        const spread = test.y.reduce((sum, y) => sum + (y - mean) ** 2, 0);
        expect(test.y.reduce((sum, y, i) => sum + (y - scores[i]!) ** 2, 0) / spread).toBeLessThan(0.25);
      }
      const stored = { document: JSON.parse(JSON.stringify(model.document)), weights: model.weights };
      const again = await (await recipeOf(id)).load(stored, { engine: 'cpu', cores: 1, deterministic: true });
      expect(await again.predict(test)).toEqual(scores);
    },
  );

  test('weights that do not fit the document are refused', async () => {
    const { model } = await fitted(id, 'binary');
    const stored = { document: model.document, weights: model.weights!.slice(1) };
    const recipe = await recipeOf(id);
    await expect(recipe.load(stored, { engine: 'cpu', cores: 1, deterministic: true })).rejects.toMatchObject({
      code: 'VAULT_DAMAGED',
    });
  });

  test.each(tasks)(
    '%s: a fit that goes on from any state ends with the same bytes and the same series',
    async (task) => {
      const states: { epoch: number; state: FitState }[] = [];
      const keep = {
        saved: null,
        offer: async (epoch: number, state: () => FitState | Promise<FitState>) => {
          states.push({ epoch, state: structuredClone(await state()) });
        },
      };
      const { model, input } = await fitted(id, task, { checkpoint: keep });
      expect(states.length).toBeGreaterThan(1);
      for (const { epoch, state } of states) {
        const { model: resumed, input: heard } = await fitted(id, task, {
          checkpoint: { saved: state, async offer() {} },
        });
        expect(resumed.weights).toEqual(model.weights);
        expect(resumed.document).toEqual(model.document);
        const later = input.report.points.filter(({ step }) => step > epoch);
        // A fit that had come to its end tells its last step once more.
        expect(heard.report.points.filter(({ step }) => step > epoch)).toEqual(later);
      }
    },
  );

  test('one, two and three threads give the same bytes', { timeout: 120_000 }, async () => {
    const given = { trees: 4 };
    const rows = 60_000;
    const { model } = await fitted(id, 'binary', { given, rows, cores: 1 });
    for (const cores of [2, 3]) {
      const { model: other } = await fitted(id, 'binary', { given, rows, cores });
      expect(other.weights).toEqual(model.weights);
    }
  });

  test('class weights raise the probabilities of the rare class', async () => {
    const rare = samples(800, 5, 'binary');
    for (let i = 0; i < 800; i++) if (rare.y[i] === 1 && i % 4 !== 0) rare.y[i] = 0;
    const mean = async (imbalance: string) => {
      const { model } = await fitted(id, 'binary', { train: rare, given: { imbalance, min_samples_leaf: 20 } });
      const scores = await model.predict(samples(500, 3, 'binary'));
      return scores.reduce((sum, score) => sum + score, 0) / 500;
    };
    expect(await mean('weights')).toBeGreaterThan((await mean('none')) + 0.1);
  });
});

test('random-forest: out-of-bag predictions of the training rows are as good as those of others', async () => {
  const { model, input } = await fitted('random-forest', 'binary', { given: { trees: 100 } });
  const held = samples(2000, 9, 'binary');
  const others = auc(held.y, await model.predict(held))!;
  expect(model.outOfBag!.every(Number.isFinite)).toBe(true);
  const own = auc(input.train.y, model.outOfBag!)!;
  expect(Math.abs(own - others)).toBeLessThan(0.02);
  expect(input.report.points.filter(({ key }) => key === 'oob/auc').at(-1)).toMatchObject({ step: 100, value: own });
});
