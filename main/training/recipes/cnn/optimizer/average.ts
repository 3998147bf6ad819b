/** The mean of parameter vectors that come one by one (Izmailov et al. 2018, stochastic weight averaging). */
export class Average {
  #mean: Float32Array;
  #count: number;

  constructor(length: number) {
    this.#mean = new Float32Array(length);
    this.#count = 0;
  }

  add(values: Float32Array): void {
    this.#count++;
    for (let i = 0; i < values.length; i++) this.#mean[i]! += (values[i]! - this.#mean[i]!) / this.#count;
  }

  get count(): number {
    return this.#count;
  }

  /** A copy of the mean so far. */
  mean(): Float32Array {
    return this.#mean.slice();
  }

  restore(mean: Float32Array, count: number): void {
    this.#mean = mean.slice();
    this.#count = count;
  }
}
