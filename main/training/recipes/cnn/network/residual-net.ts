import type { Tensor, Tensor1D, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';
import type { Tensors } from '../../../engines/engine.ts';
import type { Residual } from './architecture.ts';
import { normalise, normaliseBy, throughRelu } from './batch-norm.ts';
import { convolve } from './convolution.ts';
import type { Weights } from './initial.ts';
import { layoutOf, type Unit, unitsOf } from './layout.ts';
import type { Network, Slope, TrainingPass } from './network.ts';
import type { Layout, Part } from './part.ts';

/** Gradients and statistics of one pass by the names of their parts; everything lives in the caller's tidy scope. */
type Found = Map<string, Tensor>;
/** What a layer gives, and how a gradient goes back through it; null where nothing before it learns. */
type Layer = { y: Tensor4D; back: ((dy: Tensor4D) => Tensor4D | null) | null };

/**
 * The network on one engine. Weights come from outside with every call and gradients leave as one flat vector, so what trains it
 * (optimiser, averages, checkpoints) is plain arithmetic on the host, the same for every engine. The gradient is written out:
 * an engine needs the few kernels named here and in `batch-norm.ts`, no more.
 */
export class ResidualNet implements Network {
  readonly #tf: Tensors;
  readonly #net: Residual;
  readonly #units: Map<string, Unit>;
  readonly layout: Layout;

  constructor(tf: Tensors, net: Residual) {
    this.#tf = tf;
    this.#net = net;
    this.layout = layoutOf(net);
    this.#units = new Map(unitsOf(net).map((unit) => [unit.name, unit]));
  }

  /**
   * Gradient of a loss over some images by every parameter of the blocks from `firstTrained` on (zero for those before, which run
   * by their running statistics). `x` is rows × height × width × channels; `kept` is what dropout leaves of the features, rows ×
   * the last width, or null.
   */
  async train(
    weights: Weights,
    x: Float32Array,
    rows: number,
    slope: Slope,
    kept: Float32Array | null,
    firstTrained: number,
  ): Promise<TrainingPass> {
    const tf = this.#tf;
    const found: Found = new Map();
    tf.engine().startScope('train');
    try {
      const layers = this.#blocks(weights, this.#images(x, rows), firstTrained, found);
      const last = layers.at(-1)!.y;
      const [, height, width, channels] = last.shape;
      const places = height * width;
      const pooled = tf.mean<Tensor2D>(tf.reshape(last, [rows, places, channels]), 1);
      const mask = kept === null ? null : tf.tensor2d(kept, [rows, channels]);
      const features = mask === null ? pooled : tf.mul<Tensor2D>(pooled, mask);
      const weight = this.#parameter(weights, 'head/weight') as Tensor2D;
      const scores = tf.add(tf.matMul(features, weight), this.#parameter(weights, 'head/bias'));
      const delta = tf.tensor2d(slope(await scores.data<'float32'>()), [rows, this.#net.outputs]);
      found.set('head/weight', tf.matMul(features, delta, true, false));
      found.set('head/bias', tf.sum(delta, 0));
      if (layers.some(({ back }) => back !== null)) {
        let d: Tensor2D = tf.matMul(delta, weight, false, true);
        if (mask !== null) d = tf.mul(d, mask);
        const spread = tf.tile(tf.reshape(tf.div(d, places), [rows, 1, channels]), [1, places, 1]);
        let dy: Tensor4D | null = tf.reshape(spread, last.shape);
        for (const { back } of layers.toReversed()) dy = dy === null || back === null ? null : back(dy);
      }
      return {
        gradient: await this.#gather(this.layout.parameters, found, null),
        statistics: await this.#gather(this.layout.statistics, found, weights.statistics),
      };
    } finally {
      tf.engine().endScope();
    }
  }

  /** Scores (before sigmoid or softmax) by the running statistics, rows × outputs. */
  async scores(weights: Weights, x: Float32Array, rows: number): Promise<Float32Array> {
    const tf = this.#tf;
    const scores = tf.tidy(() => {
      const last = this.#blocks(weights, this.#images(x, rows), this.layout.blocks, new Map()).at(-1)!.y;
      const [, height, width, channels] = last.shape;
      const pooled = tf.mean<Tensor2D>(tf.reshape(last, [rows, height * width, channels]), 1);
      const product = tf.matMul(pooled, this.#parameter(weights, 'head/weight') as Tensor2D);
      return tf.add<Tensor2D>(product, this.#parameter(weights, 'head/bias'));
    });
    try {
      return await scores.data<'float32'>();
    } finally {
      scores.dispose();
    }
  }

  #images(x: Float32Array, rows: number): Tensor4D {
    const { height, width, channels } = this.#net;
    return this.#tf.tensor4d(x, [rows, height, width, channels]);
  }

  /** Stem and blocks in turn. */
  #blocks(weights: Weights, x: Tensor4D, firstTrained: number, found: Found): Layer[] {
    const tf = this.#tf;
    const layers = [this.#unit(weights, x, 'stem', true, firstTrained, found)];
    for (let block = 1; block <= this.#net.widths.length; block++) {
      const input = layers.at(-1)!.y;
      const first = this.#unit(weights, input, `block-${block}/first`, true, firstTrained, found);
      const second = this.#unit(weights, first.y, `block-${block}/second`, false, firstTrained, found);
      const hasShortcut = this.#units.has(`block-${block}/shortcut`);
      const around = hasShortcut
        ? this.#unit(weights, input, `block-${block}/shortcut`, false, firstTrained, found)
        : null;
      const y = tf.relu(tf.add<Tensor4D>(second.y, around?.y ?? input));
      const back = (dy: Tensor4D): Tensor4D | null => {
        const d = throughRelu(tf, dy, y);
        const through = first.back!(second.back!(d)!);
        const beside = around === null ? d : around.back!(d);
        return through === null || beside === null ? null : tf.add(through, beside);
      };
      layers.push({ y, back: block < firstTrained ? null : back });
    }
    return layers;
  }

  /** Convolution, normalisation and, where it is asked for, ReLU. */
  #unit(weights: Weights, x: Tensor4D, name: string, active: boolean, firstTrained: number, found: Found): Layer {
    const tf = this.#tf;
    const { block, stride } = this.#units.get(name)!;
    const convolution = convolve(tf, x, this.#parameter(weights, `${name}/filter`) as Tensor4D, stride);
    const scale = this.#parameter(weights, `${name}/scale`) as Tensor1D;
    const shift = this.#parameter(weights, `${name}/shift`) as Tensor1D;
    if (block < firstTrained) {
      const mean = this.#statistic(weights, `${name}/mean`);
      const variance = this.#statistic(weights, `${name}/variance`);
      const y = normaliseBy(tf, convolution.y, scale, shift, mean, variance);
      return { y: active ? tf.relu(y) : y, back: null };
    }
    const normalised = normalise(tf, convolution.y, scale, shift);
    found.set(`${name}/mean`, normalised.mean);
    found.set(`${name}/variance`, normalised.variance);
    const y = active ? tf.relu(normalised.y) : normalised.y;
    // Nothing before the first trained block learns, and nothing lies before the stem.
    const goesOn = block > firstTrained || (block === firstTrained && name.endsWith('/second'));
    const back = (dy: Tensor4D): Tensor4D | null => {
      const { dx, ...of } = normalised.back(active ? throughRelu(tf, dy, y) : dy);
      found.set(`${name}/filter`, convolution.toFilter(dx));
      found.set(`${name}/scale`, of.scale);
      found.set(`${name}/shift`, of.shift);
      return goesOn ? convolution.toInput(dx) : null;
    };
    return { y, back };
  }

  #parameter({ parameters }: Weights, name: string): Tensor {
    return this.#tensor(this.layout.parameters, parameters, name);
  }

  #statistic({ statistics }: Weights, name: string): Tensor1D {
    return this.#tensor(this.layout.statistics, statistics, name) as Tensor1D;
  }

  #tensor(parts: Part[], values: Float32Array, name: string): Tensor {
    const { offset, size, shape } = parts.find((part) => part.name === name)!;
    return this.#tf.tensor(values.slice(offset, offset + size), shape);
  }

  /** The parts that were found as one flat vector, in one transfer; the others are taken from `otherwise`, or zero. */
  async #gather(parts: Part[], found: Found, otherwise: Float32Array | null): Promise<Float32Array> {
    const there = parts.filter(({ name }) => found.has(name));
    const last = parts.at(-1)!;
    const flat = otherwise === null ? new Float32Array(last.offset + last.size) : otherwise.slice();
    if (there.length === 0) return flat;
    const joined = this.#tf.concat(there.map(({ name }) => this.#tf.reshape(found.get(name)!, [-1])));
    const values = await joined.data<'float32'>();
    let at = 0;
    for (const { offset, size } of there) {
      flat.set(values.subarray(at, at + size), offset);
      at += size;
    }
    return flat;
  }
}
