import { loadTensors } from '../../../main/training/engines/load-tensors.ts';
import { AppError } from '../../../shared/errors.ts';

// On tensorflow: asks for 4 TB, then computes something small; prints what is said of the first and the result of the second.
const tf = await loadTensors('tensorflow');
let code = 'none';
try {
  tf.tidy(() => tf.tile(tf.ones([1024, 1024]), [1024, 1024]).dataSync());
} catch (error) {
  code = error instanceof AppError ? error.code : String(error);
}
process.stdout.write(JSON.stringify({ code, after: Array.from(await tf.add(tf.tensor1d([1, 2]), 1).data()) }));
process.exit(0);
