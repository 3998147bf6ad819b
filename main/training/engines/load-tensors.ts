import type { EngineId } from '../../../shared/model/run.ts';
import { openGpu } from './open-gpu.ts';

export type Tensors = typeof import('@tensorflow/tfjs-core');

/** Loads TensorFlow.js with the backend of an engine. Only a trainer calls it: the libraries take a tenth of a second. */
export async function loadTensors(engine: EngineId): Promise<Tensors> {
  const tf: Tensors = await import('@tensorflow/tfjs-core');
  tf.enableProdMode();
  if (engine === 'webgpu') {
    await openGpu();
    await import('@tensorflow/tfjs-backend-webgpu');
  } else {
    await import('@tensorflow/tfjs-backend-cpu');
  }
  await tf.setBackend(engine);
  await tf.ready();
  return tf;
}
