import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { loadTensors } from '../../../main/training/engines/load-tensors.ts';
import { cnn } from '../../../main/training/recipes/cnn/cnn.ts';
import { headlessOf, readModelFolder } from '../../../main/training/recipes/cnn/layers/read-model-folder.ts';
import { fineTuneDeclaration } from '../../../main/training/recipes/fine-tune/declaration.ts';
import { fineTune } from '../../../main/training/recipes/fine-tune/fine-tune.ts';
import { engineId } from '../../../shared/model/run.ts';
import { input, spots, validation } from '../cnn/spots.ts';

// Fits `cnn`, or `fine-tune` from the model folder `residual`, for three epochs on the engine named in the arguments. Prints its
// losses, what it says of the validation images, the hash of its weights, and what the engine held after each epoch and at the end.
const [, , asked, recipe] = process.argv;
const engine = engineId.parse(asked);
const train = spots(64);
const tf = await loadTensors(engine, { deterministic: true, cores: 2 });
// One tensor that stays, so that the counts are seen to count.
const stays = tf.scalar(1);
const held: { tensors: number; bytes: number }[] = [];
const memory = () => ({ tensors: tf.memory().numTensors, bytes: tf.memory().numBytes });
const checkpoint = { saved: null, offer: async () => void held.push(memory()) };
const params = { epochs: 3, batch_size: 32, rotate: 10, keep: 'last' };
const given = { engine, train, checkpoint, cores: 2 };
const folder = join(import.meta.dirname, '..', 'fixtures', 'keras', 'residual');
const start = headlessOf(readModelFolder(folder), 10, 'a'.repeat(64));
const fromFolder = Object.fromEntries(fineTuneDeclaration.params.map((param) => [param.name, param.default]));
const wish =
  recipe === 'cnn'
    ? input({ ...params, widths: '4, 6' }, given)
    : input({ ...fromFolder, ...params, depth: 'last-two-blocks', learning_rate: 0.01 }, { ...given, start });
const model = await (recipe === 'cnn' ? cnn : fineTune).fit(wish);
const probabilities = Array.from(await model.predict(validation));
const hash = createHash('sha256').update(model.weights!).digest('hex');
model.dispose();
const losses = wish.report.points.filter(({ key }) => key.endsWith('loss')).map(({ value }) => value);
stays.dispose();
process.stdout.write(JSON.stringify({ losses, probabilities, hash, held, left: tf.memory().numTensors }));
// Dawn keeps the process alive as long as its device is there.
process.exit(0);
