import { AppError } from '../../../shared/errors.ts';
import type { EngineId } from '../../../shared/model/run.ts';
import { engineOf } from './all-engines.ts';
import type { LoadOptions, Tensors } from './engine.ts';
import { loadCore } from './load-core.ts';

export type { Tensors } from './engine.ts';

/** Loads TensorFlow.js with the backend of an engine. Only a trainer calls it: the libraries take a tenth of a second. */
export async function loadTensors(engine: EngineId, options: LoadOptions = { deterministic: false }): Promise<Tensors> {
  const tf = await loadCore();
  try {
    await tf.setBackend(await engineOf(engine).load(tf, options));
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'ENGINE_UNAVAILABLE') throw error;
    throw new AppError(error.code, `The engine ${engine} cannot be used: ${error.message}.`, error.hint, {
      cause: error,
    });
  }
  await tf.ready();
  return tf;
}
