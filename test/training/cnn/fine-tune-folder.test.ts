import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { headlessOf, readModelFolder } from '../../../main/training/recipes/cnn/layers/read-model-folder.ts';
import { layoutOf } from '../../../main/training/recipes/cnn/network/layout.ts';
import type { Part } from '../../../main/training/recipes/cnn/network/part.ts';
import { storedNetwork, unpacked } from '../../../main/training/recipes/cnn/stored-network.ts';
import { fineTuneDeclaration } from '../../../main/training/recipes/fine-tune/declaration.ts';
import { type Depth, depths } from '../../../main/training/recipes/fine-tune/depth.ts';
import { fineTune } from '../../../main/training/recipes/fine-tune/fine-tune.ts';
import type { FitInput, ImageInputs, ImageSamples, StoredModel } from '../../../main/training/recipes/recipe.ts';
import type { ParamValue } from '../../../shared/model/run.ts';
import { input, train } from './spots.ts';

const fixtures = join(import.meta.dirname, '..', 'fixtures', 'keras');
const origin = 'a'.repeat(64);
const startOf = (folder: string, side: number): StoredModel =>
  headlessOf(readModelFolder(join(fixtures, folder)), side, origin);
const defaults = Object.fromEntries(fineTuneDeclaration.params.map((param) => [param.name, param.default]));

async function tuned(
  start: StoredModel,
  params: Record<string, ParamValue>,
  more: Partial<FitInput<ImageInputs>> = {},
) {
  const given = input({}, { start, ...more });
  const model = await fineTune.fit({ ...given, params: { ...defaults, epochs: 2, batch_size: 130, ...params } });
  model.dispose();
  const { document, weights } = model;
  return { document, weights, lines: given.report.lines };
}

/*
 * Of the fixture `residual` on grey images, with one score, from its layers by hand:
 *   head     6 × 1 + 1                                        =   7
 *   block 4  3·3·16·6 + 2·6                                   = 876
 *   block 3  3·3·4·2 + 8, and 3·3·4·1 + 4·8 + 8 beside it     = 156
 *   block 2  2 × (3·3·4·4 + 2·4)                              = 304
 *   block 1  3·3·1·4 + 2·4                                    =  44
 */
const byHand: Record<Depth, number> = { head: 7, 'last-block': 883, 'last-two-blocks': 1039, all: 1387 };
const firstTrained: Record<Depth, number> = { head: 5, 'last-block': 4, 'last-two-blocks': 3, all: 0 };

test.each(depths)(
  'from a model folder, depth %s: what is frozen keeps every bit, the head is new',
  {
    timeout: 60_000,
  },
  async (depth) => {
    const start = startOf('residual', 10);
    const { document, weights, lines } = await tuned(start, { depth });
    expect(document).toMatchObject({ kind: 'layers', parameters: 1387, trainable: byHand[depth], origin });
    expect(lines).toContainEqual(expect.stringContaining('its head is replaced'));
    const layout = layoutOf(storedNetwork.parse(document).architecture);
    const given = new Float32Array(start.weights!.slice().buffer);
    const after = unpacked({ document, weights })[0]!;
    const bits = (values: Float32Array): Uint32Array => new Uint32Array(values.slice().buffer);
    const compare = (parts: Part[], was: Float32Array, is: Float32Array): void => {
      for (const { name, block, offset, size } of parts) {
        const [before, now] = [was, is].map((of) => bits(of.subarray(offset, offset + size)));
        if (block < firstTrained[depth]) expect(now, name).toEqual(before);
        else expect(now, name).not.toEqual(before);
      }
    };
    compare(layout.parameters.slice(0, -2), given, after.parameters);
    compare(layout.statistics, given.subarray(1387 - 7), after.statistics);
  },
);

const colours: ImageSamples = {
  ...train,
  height: 8,
  width: 8,
  channels: 3,
  read(at, into = new Uint8Array(at.length * 192)) {
    at.forEach((row, i) => {
      for (let j = 0; j < 192; j++) into[i * 192 + j] = (row * 37 + j * (train.y[row]! === 1 ? 11 : 5)) % 256;
    });
    return into;
  },
};

test('a network within a network, with dropout of its own: the seed gives the same bits in any number of threads', {
  timeout: 60_000,
}, async () => {
  const start = startOf('nested', 8);
  const given = { train: colours, validation: null };
  const one = await tuned(start, { depth: 'all', dropout: 0.2 }, { ...given, cores: 1 });
  const two = await tuned(start, { depth: 'all', dropout: 0.2 }, { ...given, cores: 2 });
  expect(two.weights).toEqual(one.weights);
  expect(one.lines).toContainEqual(expect.stringContaining('0 to 255, since it scales them itself'));
  const other = await tuned(start, { depth: 'all', dropout: 0.2 }, { ...given, seed: 6 });
  expect(other.weights).not.toEqual(one.weights);
});

test('the model that it leaves predicts, and is itself a start for other classes', { timeout: 60_000 }, async () => {
  const first = await tuned(startOf('residual', 10), { depth: 'head' });
  const model = await fineTune.load(first, { engine: 'cpu', cores: 1, deterministic: true });
  const scores = await model.predict(train);
  model.dispose();
  expect(scores).toHaveLength(train.rows);
  expect(scores.every((p) => p > 0 && p < 1)).toBe(true);
  const three: ImageSamples = { ...train, y: train.y.map((_, i) => i % 3) };
  const next = await tuned(
    first,
    { depth: 'last-block' },
    { task: 'multiclass', classes: ['a', 'b', 'c'], train: three, validation: null },
  );
  expect(next.document).toMatchObject({ trainable: 876 + 6 * 3 + 3, origin, architecture: { outputs: 3 } });
});

test('pixels as the network knows them; colours of ImageNet are refused for a grey one', {
  timeout: 60_000,
}, async () => {
  const start = startOf('residual', 10);
  const signed = await tuned(start, { depth: 'head', epochs: 1, pixels: '-1-1' });
  expect(signed.document).toMatchObject({ pixels: { mean: [127.5], deviation: [127.5] } });
  await expect(tuned(start, { pixels: 'imagenet' })).rejects.toMatchObject({ code: 'PARAM_INVALID' });
  await expect(tuned(startOf('nested', 8), {})).rejects.toMatchObject({
    code: 'KIND_UNSUPPORTED',
    message: expect.stringContaining('8 × 8 × 3, not of 10 × 10 × 1'),
  });
});

type File = { modelTopology: { model_config: { config: { layers: Record<string, unknown>[] } } }; format?: string };
function changed(change: (file: File, folder: string) => void): string {
  const folder = mkdtempSync(join(tmpdir(), 'wardbook-keras-'));
  cpSync(join(fixtures, 'residual'), folder, { recursive: true });
  const path = join(folder, 'model.json');
  const file = JSON.parse(readFileSync(path, 'utf8')) as File;
  change(file, folder);
  writeFileSync(path, JSON.stringify(file));
  return folder;
}
const layersOf = (file: File) => file.modelTopology.model_config.config.layers;

test.each([
  [
    'a kind of layer',
    (file: File) => void Object.assign(layersOf(file)[4]!, { class_name: 'LocallyConnected2D' }),
    /"pool" \(LocallyConnected2D\)/,
  ],
  [
    'a setting',
    (file: File) => void Object.assign(layersOf(file)[1]!.config as object, { groups: 2 }),
    /"stem_conv" \(Conv2D\).*groups/,
  ],
  [
    'a channel order',
    (file: File) => void Object.assign(layersOf(file)[4]!.config as object, { data_format: 'channels_first' }),
    /"pool".*data_format/,
  ],
  [
    'channels',
    (file: File) => void Object.assign(layersOf(file)[0]!.config as object, { batch_shape: [null, 10, 10, 2] }),
    /2 channels/,
  ],
  [
    'sides',
    (file: File) => void Object.assign(layersOf(file)[0]!.config as object, { batch_shape: [null, 10, 12, 1] }),
    /12 × 10/,
  ],
  ['a graph model', (file: File) => void Object.assign(file, { format: 'graph-model' }), /graph model/],
])('what cannot be computed is refused by its name: %s', (_, change, message) => {
  const folder = changed(change);
  expect(() => headlessOf(readModelFolder(folder), 10, origin)).toThrow(
    expect.objectContaining({ code: 'KIND_UNSUPPORTED', message: expect.stringMatching(message) }),
  );
});

test('missing, short and other weights are named', () => {
  const without = changed((_, folder) => rmSync(join(folder, 'group1-shard1of1.bin')));
  expect(() => readModelFolder(without)).toThrow(/group1-shard1of1.bin/);
  const short = changed((_, folder) => writeFileSync(join(folder, 'group1-shard1of1.bin'), Buffer.alloc(50)));
  expect(() => readModelFolder(short)).toThrow(/too short/);
  const other = changed((file) => void Object.assign(layersOf(file)[1]!.config as object, { filters: 5 }));
  expect(() => headlessOf(readModelFolder(other), 10, origin)).toThrow(
    /"stem_conv".*of 3 × 3 × 1 × 5; those .* 3 × 3 × 1 × 4/,
  );
});

test('other formats are refused with the way to convert them', () => {
  const folder = mkdtempSync(join(tmpdir(), 'wardbook-keras-'));
  const refusal = (path: string) => {
    try {
      readModelFolder(path);
    } catch (error) {
      return error;
    }
    throw new Error('was read');
  };
  const hint = expect.stringContaining('tensorflowjs_converter');
  expect(refusal(folder)).toMatchObject({
    code: 'KIND_UNSUPPORTED',
    message: expect.stringContaining('no model.json'),
    hint,
  });
  for (const name of ['net.keras', 'net.h5']) {
    writeFileSync(join(folder, name), 'x');
    expect(refusal(join(folder, name))).toMatchObject({
      code: 'KIND_UNSUPPORTED',
      message: expect.stringContaining(name),
      hint,
    });
    expect(refusal(folder)).toMatchObject({ message: expect.stringContaining(name), hint });
    rmSync(join(folder, name));
  }
  writeFileSync(join(folder, 'saved_model.pb'), 'x');
  mkdirSync(join(folder, 'variables'));
  expect(refusal(folder)).toMatchObject({
    code: 'KIND_UNSUPPORTED',
    message: expect.stringContaining('SavedModel'),
    hint,
  });
});
