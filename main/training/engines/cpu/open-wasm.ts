import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Conv2DBackpropFilterAttrs, Conv2DBackpropInputAttrs } from '@tensorflow/tfjs-core';
import { AppError } from '../../../../shared/errors.ts';
import type { Tensors } from '../engine.ts';
import { filterGradient } from './filter-gradient.ts';
import { guardMemory } from './guard-memory.ts';
import { inputGradient } from './input-gradient.ts';
import { lendKernels } from './lend-kernels.ts';
import { matrixProduct } from './matrix-product.ts';
import type { BackendWasm } from './wasm-backend.ts';

/**
 * Kernels of the package that are not used: its input gradient and its product of transposed matrices are many times slower
 * than they need be; its gradients of maximum pooling lose windows whose numbers are all negative.
 */
const REPLACED = ['BatchMatMul', 'Conv2DBackpropInput', 'MaxPoolGrad', 'MaxPool3DGrad'];
const FILE = 'tfjs-backend-wasm-simd.wasm';

/**
 * Makes WebAssembly the backend of TensorFlow.js in this thread: its kernels (XNNPACK), gradients of convolutions as
 * convolutions, plain JavaScript for the few that neither covers. Returns the backend's name. One thread; nothing is fetched, the file is read from disk.
 */
export function openWasm(tf: Tensors): Promise<string> {
  opened ??= open(tf);
  return opened;
}

let opened: Promise<string> | null = null;

async function open(tf: Tensors): Promise<string> {
  const before = handlers();
  const loaded = (await import('@tensorflow/tfjs-backend-wasm')) as Library & { default?: Library };
  await import('@tensorflow/tfjs-backend-cpu');
  const library = loaded.default ?? loaded;
  library.setWasmPaths(`${wasmFolder()}/`);
  const ready = await tf.setBackend('wasm');
  // The loader of the file takes over what should end this process; it has no say in that.
  for (const { event, listener } of handlers()) {
    if (!before.some((one) => one.event === event && one.listener === listener)) process.off(event, listener);
  }
  if (!ready) throw new AppError('ENGINE_UNAVAILABLE', `The cpu engine's file ${FILE} cannot be loaded.`);
  await tf.ready();
  const backend = tf.backend() as unknown as BackendWasm;
  guardMemory(backend);
  const product = matrixProduct(tf, backend);
  for (const name of REPLACED) tf.unregisterKernel(name, 'wasm');
  tf.registerKernel({
    kernelName: 'Conv2DBackpropInput',
    backendName: 'wasm',
    kernelFunc: ({ inputs, attrs }) =>
      inputGradient(tf, backend, inputs.dy!, inputs.filter!, attrs as unknown as Conv2DBackpropInputAttrs),
  });
  tf.registerKernel({
    kernelName: 'Conv2DBackpropFilter',
    backendName: 'wasm',
    kernelFunc: ({ inputs, attrs }) =>
      filterGradient(tf, backend, inputs.x!, inputs.dy!, attrs as unknown as Conv2DBackpropFilterAttrs),
  });
  tf.registerKernel({ kernelName: 'BatchMatMul', backendName: 'wasm', kernelFunc: product });
  lendKernels(tf);
  return 'wasm';
}

type Library = typeof import('@tensorflow/tfjs-backend-wasm');

/** Beside the code in the build, in the package from source. */
function wasmFolder(): string {
  if (existsSync(join(import.meta.dirname, FILE))) return import.meta.dirname;
  return dirname(createRequire(import.meta.url).resolve(`@tensorflow/tfjs-backend-wasm/dist/${FILE}`));
}

const events = ['uncaughtException', 'unhandledRejection'] as const;
type Handler = { event: (typeof events)[number]; listener: (...args: unknown[]) => void };

function handlers(): Handler[] {
  return events.flatMap((event) =>
    process.listeners(event as 'uncaughtException').map((listener) => ({
      event,
      listener: listener as Handler['listener'],
    })),
  );
}
