import { toFailure } from '../../../../shared/errors.ts';
import { checkKernels, type KernelCheck } from '../kernels/check-kernels.ts';
import { loadCore } from '../load-core.ts';
import { openTensorflow } from '../tensorflow/open-tensorflow.ts';
import type { AddableId } from './manifest.ts';

/** Loads the engine in a folder and compares its kernels with plain JavaScript; in a child, since it may take its process down. */
export async function checkEngine(id: AddableId, folder: string): Promise<KernelCheck> {
  const tf = await loadCore();
  await import('@tensorflow/tfjs-backend-cpu');
  try {
    const gpu = id === 'tensorflow-gpu';
    const { backend } = openTensorflow(tf, folder, { gpu, deterministic: false, verbose: false });
    return await checkKernels(tf, backend);
  } catch (error) {
    return { kernels: [], failures: [toFailure(error).message] };
  }
}
