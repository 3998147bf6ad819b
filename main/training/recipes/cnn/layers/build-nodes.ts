import { AppError } from '../../../../../shared/errors.ts';
import { layerKinds } from './kinds.ts';
import type { Shape } from './layer-kind.ts';
import { IMAGES, type LayerNode } from './node.ts';
import type { RawLayer } from './read-topology.ts';
import type { NamedWeight } from './read-weights.ts';

/** Layers with the values of their weights, in the order of their nodes' weights. */
export type Built = { node: LayerNode; values: Float32Array[] };

/**
 * Layers that can be computed, for images of this shape. KIND_UNSUPPORTED names the layer that cannot; MODEL_DAMAGED one whose
 * weights are not there or of another shape.
 */
export function buildNodes(layers: RawLayer[], weights: NamedWeight[], images: Shape): Built[] {
  const shapes = new Map<string, Shape>([[IMAGES, images]]);
  return layers.map((given) => {
    const { name, kind, settings, inputs } = given.kind === 'Normalization' ? asRescaling(given, weights) : given;
    const known = layerKinds.get(kind);
    const called = `The layer "${name}" (${given.kind})`;
    if (known === undefined) {
      throw new AppError(
        'KIND_UNSUPPORTED',
        `${called} of the model folder is of a kind that fine-tune cannot compute.`,
        `It knows ${[...layerKinds.keys(), 'Normalization'].join(', ')}.`,
      );
    }
    const parsed = known.settings.safeParse(settings);
    if (!parsed.success) {
      const what = [...new Set(parsed.error.issues.map(({ path }) => String(path[0] ?? 'settings')))].join(', ');
      throw new AppError('KIND_UNSUPPORTED', `${called} has settings that fine-tune cannot compute: ${what}.`);
    }
    const from = inputs.map((input) => shapes.get(input)!);
    const shape = known.shape(parsed.data, from);
    if (shape === null) {
      const sides = from.map((one) => one.join(' × ')).join(' and ');
      throw new AppError(
        'KIND_UNSUPPORTED',
        `${called} cannot take what lies before it, ${sides}, or not in this way.`,
      );
    }
    shapes.set(name, shape);
    const parts = known.weights?.(parsed.data, from[0]!) ?? [];
    const node: LayerNode = {
      name,
      kind,
      settings: parsed.data as Record<string, unknown>,
      inputs,
      weights: parts,
      block: 0,
      shape,
    };
    const values = parts.map((part) => {
      const found = weightOf(weights, name, part.name);
      if (found === undefined)
        throw new AppError('MODEL_DAMAGED', `${called} has no weights "${part.name}" in the folder.`);
      if (found.shape.join() !== part.shape.join()) {
        throw new AppError(
          'MODEL_DAMAGED',
          `${called} needs weights "${part.name}" of ${part.shape.join(' × ')}; those in the folder are of ${found.shape.join(' × ')}.`,
        );
      }
      return found.values;
    });
    return { node, values };
  });
}

/**
 * Weights are called `layer/weight`, in models inside a model with the names of those before it, or of the whole model. Keras 3
 * calls the filter of a depthwise convolution `kernel`.
 */
function weightOf(weights: NamedWeight[], layer: string, weight: string): NamedWeight | undefined {
  const names = weight === 'depthwise_kernel' ? [weight, 'kernel'] : [weight];
  const own = layer.split('/').at(-1)!;
  for (const prefix of [layer, own]) {
    for (const name of names) {
      const found = weights.filter(
        (one) => one.name === `${prefix}/${name}` || one.name.endsWith(`/${prefix}/${name}`),
      );
      if (found.length === 1) return found[0];
    }
  }
  return undefined;
}

/** Keras' Normalization by means and variances that it was adapted to: (x − mean) / √variance. */
function asRescaling(given: RawLayer, weights: NamedWeight[]): RawLayer {
  const { mean, variance } = given.settings;
  const means = numbers(mean) ?? weightOf(weights, given.name, 'mean')?.values;
  const variances = numbers(variance) ?? weightOf(weights, given.name, 'variance')?.values;
  if (means === undefined || variances === undefined || given.settings.invert === true) return given;
  const scale = Array.from(variances, (one) => 1 / Math.max(Math.sqrt(one), 1e-7));
  const offset = Array.from(means, (one, i) => -one * scale[Math.min(i, scale.length - 1)]!);
  return { ...given, kind: 'Rescaling', settings: { scale, offset } };
}

const numbers = (given: unknown): number[] | undefined =>
  Array.isArray(given) ? (given as unknown[]).flat(9).map(Number) : undefined;
