import type { Tensors } from './engine.ts';

/** TensorFlow.js without any backend. */
export async function loadCore(): Promise<Tensors> {
  // In the bundle an ES module; from source Node loads the CommonJS file, whose names are all in its default export.
  const loaded = (await import('@tensorflow/tfjs-core')) as Tensors & { default?: Tensors };
  const tf = loaded.default ?? loaded;
  tf.enableProdMode();
  return tf;
}
