import type { EngineId } from '../../../shared/model/run.ts';
import { openGpu } from './open-gpu.ts';

export type Tensors = typeof import('@tensorflow/tfjs-core');

/** MatMulProgramType.MatMulPackedProgram of @tensorflow/tfjs-backend-webgpu. */
const MATMUL_PACKED = 3;

/** Loads TensorFlow.js with the backend of an engine. Only a trainer calls it: the libraries take a tenth of a second. */
export async function loadTensors(engine: EngineId): Promise<Tensors> {
  // In the bundle an ES module; from source Node loads the CommonJS file, whose names are all in its default export.
  const loaded = (await import('@tensorflow/tfjs-core')) as Tensors & { default?: Tensors };
  const tf = loaded.default ?? loaded;
  tf.enableProdMode();
  if (engine === 'webgpu') {
    await openGpu();
    await import('@tensorflow/tfjs-backend-webgpu');
    // One matrix product kernel for all shapes: another one adds with atomics, whose order, and so whose rounding, changes
    // from run to run.
    tf.env().set('WEBGPU_MATMUL_PROGRAM_TYPE', MATMUL_PACKED);
  } else {
    await import('@tensorflow/tfjs-backend-cpu');
  }
  await tf.setBackend(engine);
  await tf.ready();
  return tf;
}
