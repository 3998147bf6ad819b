import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { loadTensors } from '../../../main/training/engines/load-tensors.ts';
import { untilEngineIsLost } from '../../../main/training/engines/loss.ts';
import { AppError } from '../../../shared/errors.ts';

// On webgpu: asks for a tensor that is larger than the device allows, then loses the device; prints what is said of both.
const tf = await loadTensors('webgpu');
const { device } = tf.backend() as WebGPUBackend;
const most = Math.min(device.limits.maxBufferSize, device.limits.maxStorageBufferBindingSize);
const said = (error: unknown) => ({ code: error instanceof AppError ? error.code : 'none', message: String(error) });
const attempt = async (work: () => Promise<unknown>) =>
  work().then(
    () => ({ code: 'none', message: 'it worked' }),
    (error: unknown) => said(error),
  );
const tooLarge = await attempt(async () => tf.fill([most / 4 + 1], 1).data());
const fine = Array.from(await tf.add(tf.tensor1d([1, 2]), 1).data());
device.destroy();
const lost = await attempt(() => untilEngineIsLost);
process.stdout.write(JSON.stringify({ tooLarge, fine, lost }));
process.exit(0);
