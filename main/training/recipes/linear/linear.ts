import { z } from 'zod';
import type { Model, TableInputs, TableRecipe } from '../recipe.ts';
import { linearCoefficients } from './coefficients.ts';
import { solveRidge } from './solve-ridge.ts';

export const linear: TableRecipe = {
  input: 'table',
  columns: 'standard',
  needsValidation: () => false,
  async fit({ train, params, columns, report }) {
    const l2 = Number(params.l2);
    const ridge = await solveRidge(train, l2, () => report.breathe());
    const { w, squares, degrees, singular, inverse } = ridge;
    const mean = train.y.reduce((sum, value) => sum + value, 0) / train.rows;
    const spread = train.y.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    report.point('train/rmse', 0, Math.sqrt(squares / train.rows));
    if (spread > 0) report.point('train/r2', 0, 1 - squares / spread);
    if (inverse !== null) {
      report.log(`Solved in one step; the fit spends ${degrees.toFixed(1)} of ${train.rows} degrees of freedom.`);
    }
    if (singular) {
      report.log(
        'Warning: the columns determine one another, so these coefficients are one of many equally good solutions. A penalty (l2) above 0 makes them unique.',
      );
    }
    if (inverse === null) report.log('No standard errors: the columns determine one another, or there are too many.');
    return {
      ...predictor(w),
      document: { kind: 'linear', l2, columns, weights: Array.from(w) },
      weights: null,
      coefficients: linearCoefficients(ridge, columns, train.rows),
    };
  },
  async load({ document }) {
    const { weights } = stored.parse(document);
    return { ...predictor(Float64Array.from(weights)), document, weights: null, coefficients: null };
  },
};

const stored = z.looseObject({ weights: z.array(z.number()).min(1) });

function predictor(w: Float64Array): Pick<Model<TableInputs>, 'predict' | 'dispose'> {
  return {
    async predict({ x, rows, columns }) {
      const out = new Float64Array(rows).fill(w[columns]!);
      for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) out[i]! += x[i * columns + j]! * w[j]!;
      return out;
    },
    dispose() {},
  };
}
