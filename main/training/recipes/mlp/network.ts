import type { Tensor, Tensor2D } from '@tensorflow/tfjs-core';
import type { Random } from '../../../../shared/statistics/random.ts';
import type { Tensors } from '../../engines/load-tensors.ts';
import type { Loss } from './loss.ts';

const BETA1 = 0.9;
const BETA2 = 0.999;
const EPSILON = 1e-7;

export type NetworkOptions = {
  sizes: number[];
  /** What comes out: probabilities of classes, or a number. */
  output: Loss['kind'];
  dropout: number;
  l2: number;
  learningRate: number;
  /** Of the focal loss; 0 is the log-loss. */
  gamma: number;
};
/** All that the next step depends on besides the batch: parameters, and Adam's means and squares of the same shapes. */
export type NetworkState = { steps: number; arrays: Float32Array[] };
export type Batch = { x: Float32Array; target: Float32Array; weight: Float32Array; rows: number };

/**
 * Dense layers with ReLU; at the end a sigmoid (one output) or softmax with cross-entropy or focal loss, or a plain number with
 * squared error; Adam (Kingma and Ba 2015), in 32-bit numbers. The gradient is written out: TensorFlow.js serves as matrix arithmetic only, so every engine runs the same
 * few kernels, and all random numbers come from the seeded source on the host.
 */
export class Network {
  readonly #tf: Tensors;
  readonly #options: NetworkOptions;
  #random: Random;
  /** Weight and bias of each layer in turn: fan-in × fan-out, 1 × fan-out. */
  #parameters: Tensor2D[];
  #means: Tensor2D[];
  #squares: Tensor2D[];
  #steps = 0;

  /** `random` gives the start weights, then the dropout of every step. */
  constructor(tf: Tensors, options: NetworkOptions, random: Random) {
    this.#tf = tf;
    this.#options = options;
    this.#random = random;
    const { sizes } = options;
    this.#parameters = sizes.slice(1).flatMap((out, layer) => {
      const fanIn = sizes[layer]!;
      const last = layer === sizes.length - 2;
      // He for layers before a ReLU, Glorot for the last.
      const deviation = Math.sqrt(2 / (last ? fanIn + out : fanIn));
      const weights = Float32Array.from({ length: fanIn * out }, () => random.normal() * deviation);
      return [tf.tensor2d(weights, [fanIn, out]), tf.zeros<import('@tensorflow/tfjs-core').Rank.R2>([1, out])];
    });
    this.#means = this.#parameters.map((parameter) => tf.zerosLike(parameter));
    this.#squares = this.#parameters.map((parameter) => tf.zerosLike(parameter));
  }

  get #layers(): number {
    return this.#options.sizes.length - 1;
  }

  /** Activations of every layer, the input first and the scores (before sigmoid or softmax) last. */
  #forward(x: Tensor2D, masks: (Tensor2D | null)[]): Tensor2D[] {
    const tf = this.#tf;
    const all = [x];
    for (let layer = 0; layer < this.#layers; layer++) {
      let h = tf.add<Tensor2D>(tf.matMul(all[layer]!, this.#parameters[2 * layer]!), this.#parameters[2 * layer + 1]!);
      if (layer < this.#layers - 1) {
        h = tf.relu(h);
        const mask = masks[layer];
        if (mask) h = tf.mul(h, mask);
      }
      all.push(h);
    }
    return all;
  }

  #outputs(scores: Tensor2D): Tensor2D {
    if (this.#options.output === 'number') return scores;
    return scores.shape[1] === 1 ? this.#tf.sigmoid(scores) : this.#tf.softmax(scores);
  }

  /** Slope of a batch's loss by the scores before sigmoid or softmax, rows × outputs. */
  #lossSlope(scores: Tensor2D, target: Tensor2D, weight: Tensor2D): Tensor2D {
    const tf = this.#tf;
    const { gamma, output } = this.#options;
    const outputs = this.#outputs(scores);
    const slope = tf.mul<Tensor2D>(tf.sub(outputs, target), weight);
    if (output === 'number') return tf.mul(slope, 2);
    if (gamma === 0) return slope;
    // Of cross-entropy, times (1 − p)^γ − γ p (1 − p)^(γ − 1) ln p with p the probability of the true class.
    const truth =
      scores.shape[1] === 1
        ? tf.sub<Tensor2D>(1, tf.abs(tf.sub(outputs, target)))
        : tf.sum<Tensor2D>(tf.mul(outputs, target), 1, true);
    const p = tf.clipByValue(truth, 1e-7, 1 - 1e-7);
    const rest = tf.sub<Tensor2D>(1, p);
    const pull = tf.mul(tf.mul(tf.mul(p, tf.log(p)), tf.pow(rest, gamma - 1)), gamma);
    return tf.mul(slope, tf.sub(tf.pow(rest, gamma), pull));
  }

  /** Gradients of a batch's loss (with its penalty), by parameter in order; inside a tidy. */
  #gradients(batch: Batch, masks: (Tensor2D | null)[]): Tensor2D[] {
    const tf = this.#tf;
    const { sizes, l2 } = this.#options;
    const x = tf.tensor2d(batch.x, [batch.rows, sizes[0]!]);
    const target = tf.tensor2d(batch.target, [batch.rows, sizes.at(-1)!]);
    const weight = tf.tensor2d(batch.weight, [batch.rows, 1]);
    const h = this.#forward(x, masks);
    const gradients: Tensor2D[] = [];
    let delta = this.#lossSlope(h[this.#layers]!, target, weight);
    for (let layer = this.#layers - 1; layer >= 0; layer--) {
      const weights = this.#parameters[2 * layer]!;
      const slope = tf.matMul<Tensor2D>(h[layer]!, delta, true, false);
      gradients[2 * layer] = l2 === 0 ? slope : tf.add(slope, tf.mul(weights, l2));
      gradients[2 * layer + 1] = tf.sum(delta, 0, true);
      if (layer === 0) break;
      delta = tf.mul(tf.matMul<Tensor2D>(delta, weights, false, true), tf.step(h[layer]!));
      const mask = masks[layer - 1];
      if (mask) delta = tf.mul(delta, mask);
    }
    return gradients;
  }

  /** The gradients of a batch without dropout, by parameter in order: to check them against finite differences. */
  async gradients(batch: Batch): Promise<Float32Array[]> {
    const tensors = this.#tf.tidy(() => this.#gradients(batch, []));
    const values = await Promise.all(tensors.map(async (tensor) => (await tensor.data<'float32'>()).slice()));
    this.#tf.dispose(tensors);
    return values;
  }

  /** One step of Adam on a batch; `target` holds 0/1 per output or the number, `weight` one number per row. */
  step(batch: Batch): void {
    const tf = this.#tf;
    const { sizes, learningRate } = this.#options;
    this.#steps++;
    const rate = (learningRate * Math.sqrt(1 - BETA2 ** this.#steps)) / (1 - BETA1 ** this.#steps);
    const masks = sizes.slice(1, -1).map((units) => this.#mask(batch.rows, units));
    const kept = tf.tidy(() => {
      return this.#gradients(batch, masks).map((gradient, i) => {
        const mean = tf.add<Tensor2D>(tf.mul(this.#means[i]!, BETA1), tf.mul(gradient, 1 - BETA1));
        const square = tf.add<Tensor2D>(tf.mul(this.#squares[i]!, BETA2), tf.mul(tf.square(gradient), 1 - BETA2));
        const change = tf.div(tf.mul(mean, rate), tf.add(tf.sqrt(square), EPSILON));
        return { mean, square, parameter: tf.sub<Tensor2D>(this.#parameters[i]!, change) };
      });
    });
    this.#tf.dispose([...this.#parameters, ...this.#means, ...this.#squares, ...masks.filter((mask) => mask !== null)]);
    this.#parameters = kept.map(({ parameter }) => parameter);
    this.#means = kept.map(({ mean }) => mean);
    this.#squares = kept.map(({ square }) => square);
  }

  /** Inverted dropout: kept units are scaled up, so that prediction needs no change. */
  #mask(rows: number, units: number): Tensor2D | null {
    const { dropout } = this.#options;
    if (dropout === 0) return null;
    const scale = 1 / (1 - dropout);
    const values = new Float32Array(rows * units);
    for (let i = 0; i < values.length; i++) values[i] = this.#random.uniform() < dropout ? 0 : scale;
    return this.#tf.tensor2d(values, [rows, units]);
  }

  /** Probabilities, row-major rows × outputs; or the number per row. */
  async predict(x: Float32Array, rows: number): Promise<Float32Array> {
    const width = this.#options.sizes[0]!;
    const outputs = this.#options.sizes.at(-1)!;
    const out = new Float32Array(rows * outputs);
    const most = 16_384;
    for (let from = 0; from < rows; from += most) {
      const count = Math.min(most, rows - from);
      const part = this.#tf.tidy(() => {
        const input = this.#tf.tensor2d(x.subarray(from * width, (from + count) * width), [count, width]);
        return this.#outputs(this.#forward(input, []).at(-1)!);
      });
      out.set(await part.data<'float32'>(), from * outputs);
      part.dispose();
    }
    return out;
  }

  /** Copies of all parameters, in order. */
  async read(): Promise<Float32Array[]> {
    return Promise.all(this.#parameters.map(async (parameter) => (await parameter.data<'float32'>()).slice()));
  }

  write(values: Float32Array[]): void {
    this.#parameters = this.#replace(this.#parameters, values);
  }

  /** Takes all further dropout from `random`. */
  continueFrom(random: Random): void {
    this.#random = random;
  }

  async state(): Promise<NetworkState> {
    const all = [...this.#parameters, ...this.#means, ...this.#squares];
    const arrays = await Promise.all(all.map(async (tensor) => (await tensor.data<'float32'>()).slice()));
    return { steps: this.#steps, arrays };
  }

  restore({ steps, arrays }: NetworkState): void {
    const count = this.#parameters.length;
    this.#steps = steps;
    this.#parameters = this.#replace(this.#parameters, arrays.slice(0, count));
    this.#means = this.#replace(this.#means, arrays.slice(count, 2 * count));
    this.#squares = this.#replace(this.#squares, arrays.slice(2 * count));
  }

  #replace(old: Tensor2D[], values: Float32Array[]): Tensor2D[] {
    const made = values.map((value, i) => this.#tf.tensor2d(value, old[i]!.shape));
    this.#tf.dispose(old as Tensor[]);
    return made;
  }

  dispose(): void {
    this.#tf.dispose([...this.#parameters, ...this.#means, ...this.#squares]);
  }
}
