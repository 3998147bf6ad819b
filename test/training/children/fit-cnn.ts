import { noCheckpoints } from '../../../main/training/checkpoints.ts';
import { cnn } from '../../../main/training/recipes/cnn/cnn.ts';
import { cnnDeclaration } from '../../../main/training/recipes/cnn/declaration.ts';
import type { ImageSamples } from '../../../main/training/recipes/recipe.ts';
import { toFailure } from '../../../shared/errors.ts';
import { quietReport } from '../quiet-report.ts';

// Fits a small network on 64 images of 48 × 48, batches of 64, and prints how it ended. Argument: whether the batch may shrink.
const side = 48;
const rows = 64;
const train: ImageSamples = {
  kind: 'images',
  rows,
  height: side,
  width: side,
  channels: 1,
  y: Float64Array.from({ length: rows }, (_, i) => i % 2),
  read(at, into = new Uint8Array(at.length * side * side)) {
    at.forEach((row, i) => {
      for (let p = 0; p < side * side; p++)
        into[i * side * side + p] = (row % 2 === 0 ? 40 : 90) + ((row * 31 + p * 7) % 60);
    });
    return into;
  },
};
const report = quietReport();
const defaults = Object.fromEntries(cnnDeclaration.params.map((param) => [param.name, param.default]));
try {
  const { document } = await cnn.fit({
    engine: 'cpu',
    cores: 1,
    deterministic: true,
    task: 'binary',
    train,
    validation: null,
    classes: ['dark', 'light'],
    columns: [],
    params: { ...defaults, widths: '16', epochs: 2, keep: 'last' },
    seed: 1,
    allowSmallerBatch: process.argv[2] === 'smaller',
    checkpoint: noCheckpoints.of('kept'),
    start: null,
    report,
  });
  const losses = report.points.filter(({ key }) => key === 'train/loss').map(({ value }) => value);
  process.stdout.write(JSON.stringify({ batchSize: document.batchSize, losses, lines: report.lines }));
} catch (error) {
  const { code, message } = toFailure(error);
  process.stdout.write(JSON.stringify({ code, message }));
}
process.exit(0);
