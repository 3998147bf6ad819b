import { noCheckpoints } from '../../../main/training/checkpoints.ts';
import { loadTensors } from '../../../main/training/engines/load-tensors.ts';
import { cnn } from '../../../main/training/recipes/cnn/cnn.ts';
import { findRecipe } from '../../../main/training/recipes/declarations.ts';
import { engineId } from '../../../shared/model/run.ts';
import { quietReport } from '../../training/quiet-report.ts';
import { CLASSES, listed, samples } from './pneumonia.ts';

// Fits the recipe cnn with its defaults on the training images, on the engine and for the epochs named in the arguments; a third
// argument takes only so many images. Prints the seconds of each epoch, its loss, and how many tensors there were after it.
const engine = engineId.parse(process.argv[2]);
const train = samples(
  listed()
    .filter(({ split }) => split === 'train')
    .slice(0, Number(process.argv[4] ?? Number.POSITIVE_INFINITY)),
);
const tf = await loadTensors(engine, { deterministic: false, cores: 2 });
const seconds: number[] = [];
const losses: number[] = [];
const tensors: number[] = [];
let begun = performance.now();
const defaults = Object.fromEntries(findRecipe('cnn').params.map((param) => [param.name, param.default]));
const model = await cnn.fit({
  engine,
  cores: 2,
  deterministic: false,
  task: 'binary',
  train,
  validation: null,
  classes: CLASSES,
  columns: [],
  params: { ...defaults, keep: 'last', epochs: Number(process.argv[3]) },
  seed: 1,
  allowSmallerBatch: false,
  checkpoint: noCheckpoints.of('kept'),
  start: null,
  report: {
    ...quietReport(),
    point(key, _step, value) {
      if (key !== 'train/loss') return;
      const now = performance.now();
      seconds.push((now - begun) / 1000);
      begun = now;
      losses.push(value);
      tensors.push(tf.memory().numTensors);
    },
  },
});
model.dispose();
process.stdout.write(JSON.stringify({ seconds, losses, tensors, left: tf.memory().numTensors }));
process.exit(0);
