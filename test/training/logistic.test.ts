import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { solveLbfgs } from '../../main/training/recipes/logistic/lbfgs.ts';
import { logistic } from '../../main/training/recipes/logistic/logistic.ts';
import { evaluate, hessian, type Problem, parameterCount } from '../../main/training/recipes/logistic/objective.ts';
import type { ModelColumn, TableSamples } from '../../main/training/recipes/recipe.ts';
import { fitInput, type HeardInput } from './fit-input.ts';

type Reference = {
  x: number[][];
  y: number[];
  y3: number[];
  binary: { l2: number; weights: number[]; intercept: number; standardErrors: number[]; probabilities: number[] }[];
  multiclass: { l2: number; probabilities: number[][] }[];
};
const reference = JSON.parse(
  readFileSync(new URL('fixtures/logistic-synthetic.json', import.meta.url), 'utf8'),
) as Reference;

const rows = reference.x.length;
const width = reference.x[0]!.length;
const columns: ModelColumn[] = Array.from({ length: width }, (_, j) => {
  const values = reference.x.map((row) => row[j]!);
  const mean = values.reduce((a, b) => a + b, 0) / rows;
  return { name: `x${j}`, mean, scale: Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / rows) };
});
const x = Float64Array.from(
  reference.x.flatMap((row) => row.map((value, j) => (value - columns[j]!.mean) / columns[j]!.scale)),
);

function inputOf(y: number[], classes: string[], l2: number): HeardInput {
  const train: TableSamples = { kind: 'table', x, y: Float64Array.from(y), rows, columns: width };
  return fitInput({ train, validation: null, classes, columns, params: { l2 } });
}
const alike = Float64Array.of(1, 1, 1);
const closeTo = (actual: ArrayLike<number>, expected: number[], within: number): void => {
  const worst = expected.reduce((most, value, i) => Math.max(most, Math.abs(value - actual[i]!)), 0);
  expect(worst).toBeLessThan(within);
};

describe('two classes', () => {
  for (const { l2, weights, intercept, standardErrors, probabilities } of reference.binary) {
    test(`with l2 = ${l2} probabilities, coefficients and standard errors are those of scikit-learn`, async () => {
      const model = await logistic.fit(inputOf(reference.y, ['0', '1'], l2));
      closeTo(await model.predict({ kind: 'table', x, rows, columns: width }), probabilities, 1e-7);
      const [constant, ...slopes] = model.coefficients!;
      closeTo(
        slopes.map(({ coefficient }, j) => coefficient * columns[j]!.scale),
        weights,
        1e-6,
      );
      closeTo(
        slopes.map(({ standardError }, j) => standardError! * columns[j]!.scale),
        standardErrors.slice(0, -1),
        1e-6,
      );
      const shift = weights.reduce((sum, weight, j) => sum + (weight * columns[j]!.mean) / columns[j]!.scale, 0);
      expect(constant!.coefficient).toBeCloseTo(intercept - shift, 5);
    });
  }

  test('the fit goes on until the gradient norm is at most 1e-6, and the loss is told at every step', async () => {
    const input = inputOf(reference.y, ['0', '1'], 1);
    const model = await logistic.fit(input);
    expect(model.document.gradientNorm).toBeLessThanOrEqual(1e-6);
    const losses = input.report.points.filter(({ key }) => key === 'train/loss').map(({ value }) => value);
    expect(losses.length).toBe((model.document.iterations as number) + 1);
    expect(losses.at(-1)).toBeLessThan(losses[0]!);
  });

  test('an odds ratio is the exponential of its coefficient, inside its interval', async () => {
    const model = await logistic.fit(inputOf(reference.y, ['0', '1'], 1));
    for (const { coefficient, oddsRatio, low, high, p } of model.coefficients!) {
      expect(oddsRatio).toBeCloseTo(Math.exp(coefficient), 12);
      expect(low!).toBeLessThan(oddsRatio!);
      expect(high!).toBeGreaterThan(oddsRatio!);
      // The interval leaves out 1 exactly when p < 0.05.
      expect(p! < 0.05).toBe(low! > 1 || high! < 1);
    }
  });

  test('L-BFGS finds the same optimum as Newton', async () => {
    const { weights, intercept } = reference.binary[1]!;
    const problem: Problem = { samples: inputOf(reference.y, [], 1).train, outputs: 1, l2: 1, classWeights: alike };
    const solution = await solveLbfgs(problem, { tolerance: 1e-6, maxIterations: 1000, async onIteration() {} });
    expect(solution.converged).toBe(true);
    closeTo(solution.w, [...weights, intercept], 1e-6);
  });

  test('classes that a column separates are solved, with a warning that names it', async () => {
    const separated = reference.x.map((row) => (row[0]! > 0 ? 1 : 0));
    const input = inputOf(separated, ['0', '1'], 0);
    const model = await logistic.fit(input);
    expect(model.document.gradientNorm).toBeLessThanOrEqual(1e-6);
    expect(input.report.lines.join()).toMatch(/x0.*separate the classes/);
    for (const { oddsRatio, low, high } of model.coefficients!) {
      for (const number of [oddsRatio, low ?? 0, high ?? 0]) expect(Number.isFinite(number)).toBe(true);
    }
  });

  test('a repeated column without a penalty still converges, and claims no standard errors it does not have', async () => {
    const input = inputOf(reference.y, ['0', '1'], 0);
    const doubled = { ...input.train, columns: width + 1, x: new Float64Array(rows * (width + 1)) };
    for (let i = 0; i < rows; i++) {
      doubled.x.set(x.subarray(i * width, (i + 1) * width), i * (width + 1));
      doubled.x[i * (width + 1) + width] = x[i * width]!;
    }
    const model = await logistic.fit({
      ...input,
      train: doubled,
      columns: [...columns, { ...columns[0]!, name: 'again' }],
    });
    closeTo(await model.predict(doubled), reference.binary[0]!.probabilities, 1e-6);
    expect(input.report.lines.join()).toMatch(/No standard errors|nearly repeat/);
  });
});

describe('more classes', () => {
  for (const { l2, probabilities } of reference.multiclass) {
    test(`with l2 = ${l2} probabilities are those of scikit-learn's multinomial fit`, async () => {
      const model = await logistic.fit(inputOf(reference.y3, ['a', 'b', 'c'], l2));
      closeTo(await model.predict({ kind: 'table', x, rows, columns: width }), probabilities.flat(), 1e-7);
      expect(model.coefficients!.map(({ outcome }) => outcome)).toEqual([...Array(7).fill('b'), ...Array(7).fill('c')]);
    });
  }

  test('without a penalty the contrasts have finite standard errors', async () => {
    const model = await logistic.fit(inputOf(reference.y3, ['a', 'b', 'c'], 0));
    for (const { standardError } of model.coefficients!) expect(standardError).toBeGreaterThan(0);
  });

  test('two classes as a softmax with half the penalty give the logistic fit', async () => {
    // w1 - w0 = w and w1 = -w0 at the optimum, so ½·l2·2·(w/2)² is half of ½·l2·w².
    const problem: Problem = { samples: inputOf(reference.y, [], 0).train, outputs: 2, l2: 50, classWeights: alike };
    const { w } = await solveLbfgs(problem, { tolerance: 1e-8, maxIterations: 5000, async onIteration() {} });
    closeTo(
      Array.from({ length: width }, (_, j) => w[width + 1 + j]! - w[j]!),
      reference.binary[2]!.weights,
      1e-6,
    );
  });
});

describe('with the classes weighed alike', () => {
  type Balanced = Record<'binary' | 'multiclass', { weights: number[][]; probabilities: number[][] }> & { y: number[] };
  const balanced = JSON.parse(
    readFileSync(new URL('fixtures/logistic-balanced.json', import.meta.url), 'utf8'),
  ) as Balanced;
  const fitted = (y: number[], classes: string[]) => {
    const input = inputOf(y, classes, 1);
    return logistic.fit({ ...input, params: { ...input.params, imbalance: 'weights' } });
  };

  test("two classes: weights and probabilities are those of scikit-learn's class_weight = balanced", async () => {
    const { weights, probabilities } = balanced.binary;
    const model = await fitted(balanced.y, ['0', '1']);
    closeTo(model.document.weights as number[], weights[0]!, 1e-6);
    closeTo(
      await model.predict({ kind: 'table', x, rows, columns: width }),
      probabilities.map((p) => p[1]!),
      1e-6,
    );
  });

  test('three classes too', async () => {
    const model = await fitted(reference.y3, ['a', 'b', 'c']);
    closeTo(
      await model.predict({ kind: 'table', x, rows, columns: width }),
      balanced.multiclass.probabilities.flat(),
      1e-6,
    );
  });
});

test('gradient and Hessian are the derivatives of the objective', () => {
  for (const outputs of [1, 3]) {
    const y = outputs === 1 ? reference.y : reference.y3;
    const problem: Problem = {
      samples: inputOf(y, [], 0).train,
      outputs,
      l2: 0.7,
      classWeights: Float64Array.of(0.8, 1.7, 1.1),
    };
    const size = parameterCount(problem);
    const w = Float64Array.from({ length: size }, (_, i) => Math.sin(i + 1) / 3);
    const gradient = new Float64Array(size);
    evaluate(problem, w, gradient);
    const h = hessian(problem, w);
    const step = 1e-5;
    for (let i = 0; i < size; i++) {
      const moved = (by: number) => {
        const at = w.slice();
        at[i]! += by;
        const slope = new Float64Array(size);
        return { value: evaluate(problem, at, slope).value, slope };
      };
      const [up, down] = [moved(step), moved(-step)];
      expect((up.value - down.value) / (2 * step)).toBeCloseTo(gradient[i]!, 4);
      closeTo(
        up.slope.map((value, j) => (value - down.slope[j]!) / (2 * step)),
        Array.from(h.subarray(i * size, (i + 1) * size)),
        1e-3,
      );
    }
  }
});

test('a model that is loaded from what was stored predicts the same', async () => {
  for (const [y, classes] of [
    [reference.y, ['0', '1']],
    [reference.y3, ['a', 'b', 'c']],
  ] as const) {
    const { train, ...input } = inputOf([...y], [...classes], 1);
    const fitted = await logistic.fit({ ...input, train });
    const document = JSON.parse(JSON.stringify(fitted.document)) as Record<string, unknown>;
    const loaded = await logistic.load({ document, weights: null }, { engine: 'cpu', cores: 1, deterministic: true });
    expect(await loaded.predict(train)).toEqual(await fitted.predict(train));
  }
});
