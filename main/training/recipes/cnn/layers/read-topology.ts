import { z } from 'zod';
import { AppError } from '../../../../../shared/errors.ts';
import { IMAGES } from './node.ts';

/** A layer as the file names it; models inside the model are unfolded. */
export type RawLayer = { name: string; kind: string; settings: Record<string, unknown>; inputs: string[] };
/** Side and channels of the images; a side of null takes any. */
export type RawNetwork = { layers: RawLayer[]; height: number | null; width: number | null; channels: number };

const layer = z.looseObject({
  class_name: z.string(),
  config: z.record(z.string(), z.unknown()),
  name: z.string().optional(),
  inbound_nodes: z.unknown().optional(),
});
type Layer = z.infer<typeof layer>;
/** A model; one inside another has its layer's fields. Early Keras writes the layers of a Sequential as the whole config. */
const model = z.looseObject({
  class_name: z.enum(['Functional', 'Model', 'Sequential']),
  config: z.union([z.array(layer), z.looseObject({ layers: z.array(layer) })]),
});
type Model = z.infer<typeof model>;
const topology = z.union([z.looseObject({ model_config: model }), model]);

const unsupported = (message: string): AppError => new AppError('KIND_UNSUPPORTED', message);
const models = new Set(['Functional', 'Model', 'Sequential']);

/** Reads `modelTopology` of a TensorFlow.js layers model. KIND_UNSUPPORTED, naming what it cannot follow. */
export function readTopology(json: unknown): RawNetwork {
  const parsed = topology.safeParse(json);
  if (!parsed.success) throw unsupported('The model folder describes no Sequential or Functional model of Keras.');
  const found = 'model_config' in parsed.data ? (parsed.data.model_config as Model) : (parsed.data as Model);
  const layers: RawLayer[] = [];
  const { input, output } = unfold(found, IMAGES, '', layers);
  const shape = z.tuple([z.null(), z.int().nullable(), z.int().nullable(), z.int()]).safeParse(input);
  if (!shape.success) {
    throw unsupported(
      'The model folder holds no network for images: its input is not rows of height × width × channels.',
    );
  }
  const [, height, width, channels] = shape.data;
  return { layers: leadingTo(output, layers), height, width, channels };
}

/** Those layers that the output hangs on: it is the last of them. */
function leadingTo(output: string, layers: RawLayer[]): RawLayer[] {
  const needed = new Set([output]);
  for (const { name, inputs } of layers.toReversed()) {
    if (needed.has(name)) for (const input of inputs) needed.add(input);
  }
  return layers.filter(({ name }) => needed.has(name));
}

const layersOf = ({ config }: Model): Layer[] => (Array.isArray(config) ? config : config.layers);

/** Appends the layers of a model, whose input is the output of `from`; tells which layer gives its output. */
function unfold(found: Model, from: string, prefix: string, into: RawLayer[]): { input: unknown; output: string } {
  const sequential = found.class_name === 'Sequential';
  /** Output of each layer by its name in this model. */
  const outputs = new Map<string, string>();
  let input: unknown;
  let last = from;
  if (!sequential) onlyOne(found, 'input_layers');
  for (const each of layersOf(found)) {
    const own = each.name ?? z.string().catch(each.class_name).parse(each.config.name);
    const shape = each.config.batch_shape ?? each.config.batch_input_shape;
    if (shape !== undefined) input ??= shape;
    if (each.class_name === 'InputLayer') {
      outputs.set(own, from);
      continue;
    }
    const inputs = sequential ? [last] : inputsOf(each, own).map((name) => known(outputs, name, own));
    if (models.has(each.class_name)) {
      const inner = model.parse(each);
      if (inputs.length !== 1) throw unsupported(`The model "${own}" inside the model folder's takes several inputs.`);
      const inside = unfold(inner, inputs[0]!, `${prefix}${own}/`, into);
      input ??= inside.input;
      last = inside.output;
    } else {
      last = `${prefix}${own}`;
      into.push({ name: last, kind: each.class_name, settings: each.config, inputs });
    }
    outputs.set(own, last);
  }
  return { input, output: sequential ? last : known(outputs, onlyOne(found, 'output_layers'), 'its output') };
}

function known(outputs: Map<string, string>, name: string, of: string): string {
  const output = outputs.get(name);
  if (output !== undefined) return output;
  throw unsupported(`The model folder names "${name}" as an input of "${of}", and has no such layer before it.`);
}

/** Name of the layer that is a model's only input or output: `["a", 0, 0]` or `[["a", 0, 0]]`. */
function onlyOne({ config }: Model, which: 'input_layers' | 'output_layers'): string {
  const list = Array.isArray(config) ? undefined : config[which];
  const flat = z.array(z.unknown()).catch([]).parse(list);
  if (typeof flat[0] === 'string') return flat[0];
  const names = flat.map((one) => (Array.isArray(one) ? one[0] : undefined));
  if (names.length === 1 && typeof names[0] === 'string') return names[0];
  const what = which === 'input_layers' ? 'inputs' : 'outputs';
  throw unsupported(`The network in the model folder has ${names.length} ${what}; one is supported.`);
}

/**
 * Names of the layers whose outputs a layer takes. Keras 2 and TensorFlow.js write `[[["a", 0, 0, {}], …]]`; Keras 3 writes the
 * arguments of the call, with `keras_history: ["a", 0, 0]` for each tensor.
 */
function inputsOf({ inbound_nodes: nodes, class_name: kind }: Layer, name: string): string[] {
  const calls = z.array(z.unknown()).catch([]).parse(nodes);
  if (calls.length !== 1) {
    throw unsupported(
      `The layer "${name}" (${kind}) is used ${calls.length} times; layers that are shared are not supported.`,
    );
  }
  const [call] = calls;
  if (Array.isArray(call)) {
    return call.map((one) => z.tuple([z.string(), z.int(), z.int()]).rest(z.unknown()).parse(one)[0]);
  }
  const found: string[] = [];
  collect((call as { args?: unknown }).args, found);
  return found;
}

function collect(value: unknown, into: string[]): void {
  if (Array.isArray(value)) for (const one of value) collect(one, into);
  else if (typeof value === 'object' && value !== null) {
    const history = (value as { config?: { keras_history?: unknown[] } }).config?.keras_history;
    if (typeof history?.[0] === 'string') into.push(history[0]);
  }
}
