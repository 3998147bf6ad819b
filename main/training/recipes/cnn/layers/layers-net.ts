import type { Tensor, Tensor4D } from '@tensorflow/tfjs-core';
import { createRandom } from '../../../../../shared/statistics/random.ts';
import type { Tensors } from '../../../engines/engine.ts';
import type { Weights } from '../network/initial.ts';
import type { Network, Slope, TrainingPass } from '../network/network.ts';
import type { Layout, Part } from '../network/part.ts';
import { seedOf } from '../seed-of.ts';
import { layerKinds } from './kinds.ts';
import type { Ran } from './layer-kind.ts';
import { layoutOfLayers } from './layout-of-layers.ts';
import { IMAGES, type Layered, type LayerNode } from './node.ts';

type Values = Map<string, Tensor>;
type Learning = {
  /** Gradients and statistics by the names of their parts. */
  found: Values;
  goesOn: boolean;
  seed: number;
  /** What dropout leaves of the head's input. */
  features: Tensor | null;
};

/**
 * A network of layers that came from elsewhere, on one engine. Blocks that are frozen run as in prediction; every layer that
 * learns has its gradient written out.
 */
export class LayersNet implements Network {
  readonly #tf: Tensors;
  readonly #net: Layered;
  readonly layout: Layout;
  readonly #parts: ReadonlyMap<string, { part: Part; of: keyof Weights }>;

  constructor(tf: Tensors, net: Layered) {
    this.#tf = tf;
    this.#net = net;
    this.layout = layoutOfLayers(net.nodes);
    this.#parts = new Map<string, { part: Part; of: keyof Weights }>([
      ...this.layout.parameters.map((part) => [part.name, { part, of: 'parameters' }] as const),
      ...this.layout.statistics.map((part) => [part.name, { part, of: 'statistics' }] as const),
    ]);
  }

  async train(
    weights: Weights,
    x: Float32Array,
    rows: number,
    slope: Slope,
    kept: Float32Array | null,
    firstTrained: number,
    seed: number,
  ): Promise<TrainingPass> {
    const tf = this.#tf;
    const { nodes, outputs } = this.#net;
    const frozen = nodes.filter(({ block }) => block < firstTrained);
    const learns = nodes.slice(frozen.length);
    tf.engine().startScope('train');
    try {
      const values: Values = new Map([[IMAGES, this.#images(x, rows)]]);
      this.#predict(frozen, values, weights);
      const features = kept === null ? null : tf.tensor2d(kept, [rows, kept.length / rows]);
      const found: Values = new Map();
      const learnt = new Set(learns.map(({ name }) => name));
      const backs: Ran['back'][] = [];
      for (const node of learns) {
        const goesOn = node.inputs.some((input) => learnt.has(input));
        const { y, back } = this.#run(node, values, weights, { found, goesOn, seed, features });
        values.set(node.name, y);
        backs.push(back);
      }
      const last = learns.at(-1)!.name;
      const scores = await values.get(last)!.data<'float32'>();
      const slopes: Values = new Map([[last, tf.tensor2d(slope(scores), [rows, outputs])]]);
      for (const [i, node] of [...learns.entries()].reverse()) {
        backs[i]!(slopes.get(node.name)!).forEach((d, at) => {
          const input = node.inputs[at]!;
          if (!learnt.has(input)) return;
          const other = slopes.get(input);
          slopes.set(input, other === undefined ? d : tf.add(other, d));
        });
      }
      const zero = new Float32Array(this.layout.parameterCount);
      return {
        gradient: await this.#gather(this.layout.parameters, found, zero),
        statistics: await this.#gather(this.layout.statistics, found, weights.statistics),
      };
    } finally {
      tf.engine().endScope();
    }
  }

  async scores(weights: Weights, x: Float32Array, rows: number): Promise<Float32Array> {
    const { nodes } = this.#net;
    const tf = this.#tf;
    const scores = tf.tidy(() => {
      const values: Values = new Map([[IMAGES, this.#images(x, rows)]]);
      this.#predict(nodes, values, weights);
      return values.get(nodes.at(-1)!.name)!;
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

  /** Layers as in prediction; what no later layer takes is freed on the way, since all of it at once may be too much. */
  #predict(nodes: LayerNode[], values: Values, weights: Weights): void {
    const open = new Map<string, number>();
    for (const { inputs } of this.#net.nodes) for (const one of inputs) open.set(one, (open.get(one) ?? 0) + 1);
    for (const node of nodes) {
      values.set(
        node.name,
        this.#tf.tidy(() => this.#run(node, values, weights, null).y),
      );
      for (const input of node.inputs) {
        const left = open.get(input)! - 1;
        open.set(input, left);
        if (left === 0) {
          values.get(input)!.dispose();
          values.delete(input);
        }
      }
    }
  }

  #run(node: LayerNode, values: Values, weights: Weights, learning: Learning | null): Ran {
    const tf = this.#tf;
    const x = node.inputs.map((input) => values.get(input)!);
    const features = node === this.#net.nodes.at(-1) ? (learning?.features ?? null) : null;
    if (features !== null) x[0] = tf.mul(x[0]!, features);
    const ran = layerKinds.get(node.kind)!.run(
      {
        tf,
        x,
        weight: (name) => this.#tensor(weights, `${node.name}/${name}`),
        learning: learning && {
          goesOn: learning.goesOn,
          mask: (shape, rate) => this.#mask(shape, rate, seedOf(learning.seed, this.#net.nodes.indexOf(node))),
          found: (name, value) => learning.found.set(`${node.name}/${name}`, value),
        },
      },
      node.settings,
    );
    return features === null ? ran : { y: ran.y, back: (dy) => ran.back(dy).map((d) => tf.mul(d, features)) };
  }

  #mask(shape: number[], rate: number, seed: number): Tensor {
    const random = createRandom(seed);
    const length = shape.reduce((a, b) => a * b, 1);
    const kept = rate === 1 ? 0 : 1 / (1 - rate);
    return this.#tf.tensor(
      Float32Array.from({ length }, () => (random.uniform() < rate ? 0 : kept)),
      shape,
    );
  }

  #tensor(weights: Weights, name: string): Tensor {
    const { part, of } = this.#parts.get(name)!;
    return this.#tf.tensor(weights[of].slice(part.offset, part.offset + part.size), part.shape);
  }

  /** The parts that were found as one flat vector; the others are taken from `otherwise`. */
  async #gather(parts: Part[], found: ReadonlyMap<string, Tensor>, otherwise: Float32Array): Promise<Float32Array> {
    const flat = otherwise.slice();
    const there = parts.filter(({ name }) => found.has(name));
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
