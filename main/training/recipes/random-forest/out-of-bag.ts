import { auc } from '../../../../shared/statistics/auc.ts';
import { brier, multiclassBrier } from '../../../../shared/statistics/brier.ts';
import type { Report } from '../recipe.ts';

/** Above this many rows the estimates are computed for every tenth tree only. */
const MANY = 20_000;

/**
 * Predictions of the training rows by those trees alone that were not grown on them: an estimate of how the forest predicts
 * others (Breiman 2001), without a part held out. Rows of one subject count as different rows here.
 */
export class OutOfBag {
  readonly #sums: Float64Array;
  readonly #votes: Int32Array;
  readonly #width: number;

  constructor(rows: number, width: number) {
    this.#sums = new Float64Array(rows * width);
    this.#votes = new Int32Array(rows);
    this.#width = width;
  }

  /** `predicted` holds `width` numbers for each of the rows. */
  add(rows: Int32Array, predicted: Float32Array): void {
    const width = this.#width;
    for (let i = 0; i < rows.length; i++) {
      const row = rows[i]!;
      this.#votes[row]! += 1;
      for (let k = 0; k < width; k++) this.#sums[row * width + k]! += predicted[i * width + k]!;
    }
  }

  /** Rows × width; NaN for rows that every tree was grown on. */
  mean(): Float64Array {
    return this.#sums.map((sum, i) => sum / this.#votes[Math.floor(i / this.#width)]!);
  }

  /** Tells the estimates after a number of trees, of the rows that have one. */
  tell(report: Report, trees: number, last: boolean, y: Float64Array, regression: boolean): void {
    if (y.length > MANY && trees % 10 !== 0 && !last) return;
    const width = this.#width;
    const seen = Int32Array.from(y.keys()).filter((row) => this.#votes[row]! > 0);
    if (seen.length === 0) return;
    const truth = Float64Array.from(seen, (row) => y[row]!);
    const scores = new Float64Array(seen.length * width);
    seen.forEach((row, i) => {
      for (let k = 0; k < width; k++) scores[i * width + k] = this.#sums[row * width + k]! / this.#votes[row]!;
    });
    if (regression) {
      const squares = truth.reduce((sum, value, i) => sum + (value - scores[i]!) ** 2, 0);
      report.point('oob/rmse', trees, Math.sqrt(squares / truth.length));
      return;
    }
    const score = width === 1 ? brier(truth, scores) : multiclassBrier(truth, scores, width);
    if (score !== null) report.point('oob/brier', trees, score);
    const area = width === 1 ? auc(truth, scores) : null;
    if (area !== null) report.point('oob/auc', trees, area);
  }
}
