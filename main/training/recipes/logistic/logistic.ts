import { z } from 'zod';
import { AppError } from '../../../../shared/errors.ts';
import { balancedWeights } from '../balanced-weights.ts';
import type { FitInput, Model, TableInputs, TableRecipe } from '../recipe.ts';
import { coefficientTable } from './coefficients.ts';
import { solveLbfgs } from './lbfgs.ts';
import { invert, solveNewton } from './newton.ts';
import { hessian, type Problem, parameterCount, probabilities } from './objective.ts';
import type { SolveOptions } from './solution.ts';

/** Above this many parameters the Hessian (8 bytes each pair) is not built: L-BFGS solves, and there are no standard errors. */
const WIDEST_HESSIAN = 600;
/** A standard error of a standardised weight beyond this has no information behind it: the column separates the classes. */
const SEPARATED = 20;
const TOLERANCE = 1e-6;

export const logistic: TableRecipe = {
  input: 'table',
  columns: 'standard',
  needsValidation: () => false,
  async fit(input) {
    const { train, classes, columns, report } = input;
    const outputs = classes.length === 2 ? 1 : classes.length;
    const balanced = input.params.imbalance === 'weights';
    const problem: Problem = {
      samples: train,
      outputs,
      l2: Number(input.params.l2),
      classWeights: balanced ? balancedWeights(train.y, classes.length) : new Float64Array(classes.length).fill(1),
    };
    const size = parameterCount(problem);
    const small = size <= WIDEST_HESSIAN;
    let first = 0;
    const options: SolveOptions = {
      tolerance: TOLERANCE,
      maxIterations: small ? 200 : 20_000,
      async onIteration(iteration, loss, gradientNorm) {
        report.point('train/loss', iteration, loss / train.rows);
        report.point('train/gradient-norm', iteration, gradientNorm);
        if (iteration === 0) first = gradientNorm;
        // On a logarithmic scale the gradient falls about evenly.
        report.progress(Math.min(0.99, Math.log(first / gradientNorm) / Math.log(first / TOLERANCE)) || 0);
        await report.breathe();
      },
    };
    const solution = await (small ? solveNewton(problem, options) : solveLbfgs(problem, options));
    if (!solution.converged) {
      throw new AppError(
        'NOT_CONVERGED',
        `The logistic fit stopped after ${solution.iterations} steps with a gradient norm of ${solution.gradientNorm.toExponential(1)} instead of ${TOLERANCE}; a larger penalty (l2) makes the solution unique.`,
      );
    }
    const { w } = solution;
    const covariance = small ? invert(hessian(problem, w), size) : null;
    const coefficients = coefficientTable(w, covariance, columns, classes);
    report.log(
      `Solved in ${solution.iterations} steps of ${small ? "Newton's method" : 'L-BFGS'}, gradient norm ${solution.gradientNorm.toExponential(1)}.`,
    );
    for (const line of doubts(w, covariance, input)) report.log(line);
    return {
      ...predictor(w, outputs),
      document: {
        kind: 'logistic',
        classes,
        l2: problem.l2,
        columns,
        weights: Array.from(w),
        gradientNorm: solution.gradientNorm,
        iterations: solution.iterations,
      },
      weights: null,
      coefficients,
    };
  },
  async load({ document }) {
    const { weights, classes } = stored.parse(document);
    return {
      ...predictor(Float64Array.from(weights), classes.length === 2 ? 1 : classes.length),
      document,
      weights: null,
      coefficients: null,
    };
  },
};

const stored = z.looseObject({ weights: z.array(z.number()), classes: z.array(z.string()).min(2) });

function predictor(w: Float64Array, outputs: number): Pick<Model<TableInputs>, 'predict' | 'dispose'> {
  return {
    predict: async ({ x, rows, columns }) => probabilities(w, outputs, x, rows, columns),
    dispose() {},
  };
}

function doubts(
  w: Float64Array,
  covariance: Float64Array | null,
  { columns, params }: FitInput<TableInputs>,
): string[] {
  if (covariance === null) {
    return [
      'No standard errors: the columns determine one another, or there are too many of them. A penalty (l2) above 0 helps.',
    ];
  }
  const stride = columns.length + 1;
  const separated = columns.filter((_, j) => {
    for (let at = j; at < w.length; at += stride)
      if (Math.sqrt(covariance[at * w.length + at]!) > SEPARATED) return true;
    return false;
  });
  if (separated.length === 0) return [];
  const names = separated.slice(0, 5).map(({ name }) => name);
  const more = separated.length > names.length ? ` and ${separated.length - names.length} more` : '';
  return [
    `Warning: ${names.join(', ')}${more} separate the classes or nearly repeat other columns, so their coefficients have no finite estimate (l2 is ${String(params.l2)}). Raise l2, or leave these columns out.`,
  ];
}
