import { CholeskyDecomposition, Matrix } from 'ml-matrix';
import type { TableSamples } from '../recipe.ts';

/** Columns up to which the inverse is kept for standard errors; as in logistic. */
const WIDEST_INVERSE = 600;

export type Ridge = {
  /** One weight per column, then the intercept. */
  w: Float64Array;
  /** Sum of squared errors. */
  squares: number;
  /** Inverse of the columns' centred cross-products plus l2, row-major; null when it has none or is too wide. */
  inverse: Float64Array | null;
  /** Parameters that the fit effectively spends, the intercept included: fewer with a penalty (Hastie et al. 2009, 3.50). */
  degrees: number;
  /** Without a penalty the columns determine one another, so that the weights are one of many solutions. */
  singular: boolean;
};

/**
 * Minimises Σ (y − b − x·w)² + l2 · ‖w‖², the intercept b free: the normal equations of the centred columns, solved by Cholesky
 * in double precision. With more columns than rows the equations are those of the rows, which have the same solution.
 */
export async function solveRidge(samples: TableSamples, l2: number, breathe: () => Promise<void>): Promise<Ridge> {
  const { x, y, rows, columns } = samples;
  const means = columnMeans(samples);
  const meanY = y.reduce((sum, value) => sum + value, 0) / rows;
  const centred = new Float64Array(x.length);
  for (let i = 0; i < x.length; i++) centred[i] = x[i]! - means[i % columns]!;
  const target = y.map((value) => value - meanY);
  const dual = columns > rows && l2 > 0;
  const size = dual ? rows : columns;
  const cross = dual
    ? await rowProducts(centred, rows, columns, breathe)
    : await columnProducts(centred, rows, columns, breathe);
  for (let a = 0; a < size; a++) cross[a * size + a]! += l2;

  const right = dual ? target : timesColumns(centred, target, rows, columns);
  const { solution, cholesky, singular } = solve(cross, right, size);
  const slopes = dual ? timesColumns(centred, solution, rows, columns) : solution;
  const w = new Float64Array(columns + 1);
  w.set(slopes);
  w[columns] = meanY - slopes.reduce((sum, slope, j) => sum + slope * means[j]!, 0);

  let squares = 0;
  for (let i = 0; i < rows; i++) {
    let fitted = 0;
    for (let j = 0; j < columns; j++) fitted += centred[i * columns + j]! * slopes[j]!;
    squares += (target[i]! - fitted) ** 2;
  }
  const wanted = !dual && !singular && columns <= WIDEST_INVERSE;
  const inverse = wanted ? Float64Array.from(cholesky.solve(Matrix.eye(size)).to1DArray()) : null;
  let degrees = 1 + columns;
  if (inverse !== null) for (let j = 0; j < columns; j++) degrees -= l2 * inverse[j * columns + j]!;
  return { w, squares, inverse, degrees, singular };
}

function columnMeans({ x, rows, columns }: TableSamples): Float64Array {
  const means = new Float64Array(columns);
  for (let i = 0; i < x.length; i++) means[i % columns]! += x[i]!;
  return means.map((sum) => sum / rows);
}

async function columnProducts(
  x: Float64Array,
  rows: number,
  columns: number,
  breathe: () => Promise<void>,
): Promise<Float64Array> {
  const cross = new Float64Array(columns * columns);
  for (let i = 0; i < rows; i++) {
    const row = x.subarray(i * columns, (i + 1) * columns);
    for (let a = 0; a < columns; a++) {
      const value = row[a]!;
      if (value === 0) continue;
      for (let b = a; b < columns; b++) cross[a * columns + b]! += value * row[b]!;
    }
    if (i % 4096 === 4095) await breathe();
  }
  mirror(cross, columns);
  return cross;
}

async function rowProducts(
  x: Float64Array,
  rows: number,
  columns: number,
  breathe: () => Promise<void>,
): Promise<Float64Array> {
  const cross = new Float64Array(rows * rows);
  for (let a = 0; a < rows; a++) {
    for (let b = a; b < rows; b++) {
      let sum = 0;
      for (let j = 0; j < columns; j++) sum += x[a * columns + j]! * x[b * columns + j]!;
      cross[a * rows + b] = sum;
    }
    await breathe();
  }
  mirror(cross, rows);
  return cross;
}

function mirror(cross: Float64Array, size: number): void {
  for (let a = 0; a < size; a++) for (let b = a + 1; b < size; b++) cross[b * size + a] = cross[a * size + b]!;
}

/** Xᵀ·v. */
function timesColumns(x: Float64Array, v: Float64Array, rows: number, columns: number): Float64Array {
  const out = new Float64Array(columns);
  for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) out[j]! += x[i * columns + j]! * v[i]!;
  return out;
}

/** Where the matrix is not positive definite its diagonal is raised by as little as makes it so. */
function solve(
  cross: Float64Array,
  right: Float64Array,
  size: number,
): { solution: Float64Array; cholesky: CholeskyDecomposition; singular: boolean } {
  let largest = 0;
  for (let a = 0; a < size; a++) largest = Math.max(largest, cross[a * size + a]!);
  for (let raised = 0; ; raised = raised === 0 ? 1e-12 * Math.max(largest, 1e-300) : raised * 10) {
    const matrix = Matrix.from1DArray(size, size, cross);
    for (let a = 0; a < size; a++) matrix.set(a, a, matrix.get(a, a) + raised);
    const cholesky = new CholeskyDecomposition(matrix);
    if (!cholesky.isPositiveDefinite() || smallestPivot(cholesky, size) ** 2 < 1e-13 * largest) continue;
    const solution = Float64Array.from(cholesky.solve(Matrix.columnVector(right)).to1DArray());
    if (solution.every(Number.isFinite)) return { solution, cholesky, singular: raised > 0 };
  }
}

/** A pivot that is all rounding error passes for positive; its square against the diagonal tells. */
function smallestPivot(cholesky: CholeskyDecomposition, size: number): number {
  const factor = cholesky.lowerTriangularMatrix;
  let smallest = Number.POSITIVE_INFINITY;
  for (let a = 0; a < size; a++) smallest = Math.min(smallest, factor.get(a, a));
  return smallest;
}
