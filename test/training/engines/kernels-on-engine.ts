import { checkKernels } from '../../../main/training/engines/kernels/check-kernels.ts';
import { loadTensors } from '../../../main/training/engines/load-tensors.ts';
import { engineId } from '../../../shared/model/run.ts';

// Checks every kernel of the engine named in the arguments and prints what failed, and how many tensors are left over.
const tf = await loadTensors(engineId.parse(process.argv[2]));
const backend = tf.getBackend();
await import('@tensorflow/tfjs-backend-cpu');
const before = tf.memory().numTensors;
const { kernels, failures } = await checkKernels(tf, backend);
process.stdout.write(JSON.stringify({ kernels, failures, left: tf.memory().numTensors - before }));
// Dawn keeps the process alive as long as its device is there.
process.exit(0);
