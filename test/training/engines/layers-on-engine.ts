import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadTensors } from '../../../main/training/engines/load-tensors.ts';
import { withBlocks } from '../../../main/training/recipes/cnn/layers/blocks.ts';
import { buildNodes } from '../../../main/training/recipes/cnn/layers/build-nodes.ts';
import { LayersNet } from '../../../main/training/recipes/cnn/layers/layers-net.ts';
import { readModelFolder, valuesOf } from '../../../main/training/recipes/cnn/layers/read-model-folder.ts';
import { engineId } from '../../../shared/model/run.ts';

// Scores and gradient of the fixture `residual` on the engine named in the arguments.
const fixtures = join(import.meta.dirname, '..', 'fixtures', 'keras');
const reference = JSON.parse(readFileSync(join(fixtures, 'reference.json'), 'utf8')).residual as Record<
  string,
  number[]
>;
const tf = await loadTensors(engineId.parse(process.argv[2]));
const { layers, weights } = readModelFolder(join(fixtures, 'residual'));
const used = layers.filter(({ kind }) => kind !== 'Softmax');
const built = buildNodes(used, weights, [10, 10, 1]);
const nodes = withBlocks(built.map(({ node }) => node));
const network = new LayersNet(tf, { kind: 'layers', height: 10, width: 10, channels: 1, outputs: 3, nodes });
const flat = new Float32Array(valuesOf(built).slice().buffer);
const { parameterCount } = network.layout;
const given = { parameters: flat.slice(0, parameterCount), statistics: flat.slice(parameterCount) };
const x = Float32Array.from(reference.input!);
const before = tf.memory().numTensors;
const scores = await network.scores(given, x, 6);
const passes = [];
for (let i = 0; i < 2; i++)
  passes.push(await network.train(given, x, 6, () => Float32Array.from(reference.slope!), null, 0, 1));
process.stdout.write(
  JSON.stringify({
    scores: [...scores],
    gradients: passes.map(({ gradient }) => [...gradient]),
    left: tf.memory().numTensors - before,
  }),
);
process.exit(0);
