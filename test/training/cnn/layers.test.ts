import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadTensors } from '../../../main/training/engines/load-tensors.ts';
import { withBlocks } from '../../../main/training/recipes/cnn/layers/blocks.ts';
import { buildNodes } from '../../../main/training/recipes/cnn/layers/build-nodes.ts';
import { LayersNet } from '../../../main/training/recipes/cnn/layers/layers-net.ts';
import { readModelFolder, valuesOf } from '../../../main/training/recipes/cnn/layers/read-model-folder.ts';

type Reference = { input: number[]; logits: number[]; slope: number[]; gradients: Record<string, number[]> };
const fixtures = join(import.meta.dirname, '..', 'fixtures', 'keras');
const reference = JSON.parse(readFileSync(join(fixtures, 'reference.json'), 'utf8')) as Record<string, Reference>;

/** The whole network of a folder, its own head included and a softmax at its end left out. */
function wholeOf(folder: string) {
  const { layers, weights, height, width, channels } = readModelFolder(
    isAbsolute(folder) ? folder : join(fixtures, folder),
  );
  const images = [height!, width!, channels];
  const built = buildNodes(
    layers.filter(({ kind }) => kind !== 'Softmax'),
    weights,
    images,
  );
  const nodes = withBlocks(built.map(({ node }) => node));
  const net = {
    kind: 'layers' as const,
    height: height!,
    width: width!,
    channels,
    outputs: nodes.at(-1)!.shape[0]!,
    nodes,
  };
  const flat = new Float32Array(valuesOf(built).slice().buffer);
  return { net, flat, size: images.reduce((a, b) => a * b, 1) };
}

const apart = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Array.from(a, (v, i) => Math.abs(v - b[i]!)).reduce(
    (most, v) => Math.max(most, v),
    a.length === b.length ? 0 : Infinity,
  );

describe.each(['residual', 'nested', 'quantised'])('a folder that the converter made of a Keras file: %s', (folder) => {
  test('scores are those of Keras', async () => {
    const tf = await loadTensors('cpu');
    const { net, flat, size } = wholeOf(folder);
    const network = new LayersNet(tf, net);
    const weights = {
      parameters: flat.slice(0, network.layout.parameterCount),
      statistics: flat.slice(network.layout.parameterCount),
    };
    const { input, logits } = reference[folder]!;
    const before = tf.memory().numTensors;
    const scores = await network.scores(weights, Float32Array.from(input), input.length / size);
    // Weights of 16 bits differ by half their step.
    expect(apart(scores, logits)).toBeLessThan(folder === 'quantised' ? 5e-3 : 1e-4);
    expect(Math.max(...logits.map(Math.abs))).toBeGreaterThan(0.3);
    expect(tf.memory().numTensors).toBe(before);
  });
});

test('the gradient by every weight is that of TensorFlow, layers that learn by the statistics of their images', async () => {
  const tf = await loadTensors('cpu');
  const { net, flat, size } = wholeOf('residual');
  const network = new LayersNet(tf, net);
  const { parameterCount, parameters } = network.layout;
  const weights = { parameters: flat.slice(0, parameterCount), statistics: flat.slice(parameterCount) };
  const { input, slope, gradients } = reference.residual!;
  const x = Float32Array.from(input);
  const before = tf.memory().numTensors;
  const pass = await network.train(weights, x, input.length / size, () => Float32Array.from(slope), null, 0, 1);
  expect(tf.memory().numTensors).toBe(before);
  expect(parameters.length).toBe(Object.keys(gradients).length);
  for (const { name, offset, size: length } of parameters) {
    // Keras 3 calls the filter of a depthwise convolution its kernel.
    const expected = gradients[name] ?? gradients[name.replace('depthwise_kernel', 'kernel')]!;
    const scale = Math.max(1, ...expected.map(Math.abs));
    expect(apart(pass.gradient.slice(offset, offset + length), expected) / scale, name).toBeLessThan(1e-4);
  }
});

test('a branching network is cut into blocks where it is one again', () => {
  const { net } = wholeOf('residual');
  const block = (name: string) => net.nodes.find((node) => node.name === name)!.block;
  expect([block('stem_conv'), block('pool'), block('first_conv'), block('second_norm'), block('sum')]).toEqual([
    1, 1, 2, 2, 2,
  ]);
  expect([block('deep'), block('apart'), block('both'), block('last_conv'), block('features')]).toEqual([
    3, 3, 3, 4, 4,
  ]);
  expect(block('scores')).toBe(5);
});

test('a folder that tf.LayersModel.save writes gives the scores that TensorFlow.js does', async () => {
  const tf = await loadTensors('cpu');
  const loaded = (await import('@tensorflow/tfjs-layers')) as typeof import('@tensorflow/tfjs-layers') & {
    default?: typeof import('@tensorflow/tfjs-layers');
  };
  const { layers, sequential } = loaded.default ?? loaded;
  const model = sequential({
    layers: [
      layers.conv2d({
        inputShape: [7, 7, 1],
        filters: 3,
        kernelSize: 3,
        activation: 'relu',
        biasInitializer: 'randomNormal',
      }),
      layers.batchNormalization({ movingMeanInitializer: 'randomNormal' }),
      layers.averagePooling2d({ poolSize: 2 }),
      layers.flatten(),
      layers.dense({ units: 2, biasInitializer: 'randomNormal' }),
    ],
  });
  const folder = mkdtempSync(join(tmpdir(), 'wardbook-saved-'));
  await model.save(
    tf.io.withSaveHandler(async ({ modelTopology, weightSpecs, weightData, format }) => {
      const manifest = [{ paths: ['weights.bin'], weights: weightSpecs }];
      writeFileSync(join(folder, 'model.json'), JSON.stringify({ format, modelTopology, weightsManifest: manifest }));
      writeFileSync(join(folder, 'weights.bin'), Buffer.from(weightData as ArrayBuffer));
      return { modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: 'JSON' as const } };
    }),
  );
  const { net, flat, size } = wholeOf(folder);
  const network = new LayersNet(tf, net);
  const { parameterCount } = network.layout;
  const x = Float32Array.from({ length: 4 * size }, (_, i) => Math.sin(i));
  const given = { parameters: flat.slice(0, parameterCount), statistics: flat.slice(parameterCount) };
  const scores = await network.scores(given, x, 4);
  const expected = model.predict(tf.tensor4d(x, [4, 7, 7, 1])) as import('@tensorflow/tfjs-core').Tensor;
  expect(apart(scores, await expected.data())).toBeLessThan(1e-5);
});
