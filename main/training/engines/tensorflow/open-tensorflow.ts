import { createRequire } from 'node:module';
import { join } from 'node:path';
import util from 'node:util';
import { AppError } from '../../../../shared/errors.ts';
import { addonName, backendName } from '../added/manifest.ts';
import type { LoadOptions, Tensors } from '../engine.ts';
import { addFusedKernels } from './fused-kernels.ts';
import { nativeError } from './native-error.ts';
import { padConvolutions } from './padded-convolutions.ts';

export type OpenOptions = LoadOptions & {
  /** Without it TensorFlow is kept from seeing any GPU. */
  gpu: boolean;
  /** TensorFlow's own messages, which say why it does without a GPU, are let through. */
  verbose: boolean;
};

export type OpenedTensorflow = { backend: 'tensorflow'; usesGpu: boolean; version: string };

type Addon = {
  isUsingGpuDevice(): boolean;
  TF_Version: string;
  executeOp(...call: unknown[]): unknown;
  createTensor(...call: unknown[]): unknown;
};
type Backend = { createBackend(tensors: Tensors, addon: Addon): import('@tensorflow/tfjs-core').KernelBackend };

/**
 * Loads the addon of an engine folder and registers it with `tf` as the backend `tensorflow`. Its hashes must have been
 * checked. Once per process: a library cannot be unloaded. ENGINE_UNAVAILABLE when the system's loader refuses it.
 */
export function openTensorflow(tf: Tensors, folder: string, options: OpenOptions): OpenedTensorflow {
  bringBackRemovedFunctions();
  setEnvironment(options);
  const load = createRequire(import.meta.url);
  let addon: Addon;
  let backend: Backend;
  try {
    addon = load(join(folder, addonName)) as Addon;
    backend = load(join(folder, backendName)) as Backend;
  } catch (cause) {
    throw new AppError('ENGINE_UNAVAILABLE', `its library cannot be loaded${missingLibrary(cause)}`, undefined, {
      cause,
    });
  }
  if (typeof addon.isUsingGpuDevice !== 'function' || typeof backend.createBackend !== 'function')
    throw new AppError('ENGINE_UNAVAILABLE', 'its files are not those of a TensorFlow engine');
  tf.registerBackend('tensorflow', () => {
    const created = backend.createBackend(tf, inOurWords(addon));
    padConvolutions(tf, created);
    addFusedKernels(tf, created);
    return created;
  });
  return { backend: 'tensorflow', usesGpu: addon.isUsingGpuDevice(), version: addon.TF_Version };
}

/** Node 23 took away functions of `util` that the addon's JavaScript still calls. */
function bringBackRemovedFunctions(): void {
  const old = util as unknown as Record<string, unknown>;
  old['isArray'] ??= Array.isArray;
  old['isNullOrUndefined'] ??= (value: unknown) => value === null || value === undefined;
}

/** TensorFlow reads these when it is loaded. */
function setEnvironment({ gpu, deterministic, cores, verbose }: OpenOptions): void {
  // Convolutions by oneDNN, which TensorFlow leaves off on processors that it does not know.
  process.env['TF_ENABLE_ONEDNN_OPTS'] = '1';
  process.env['TF_CPP_MIN_LOG_LEVEL'] = verbose ? '0' : '2';
  // Numbered as nvidia-smi numbers them.
  process.env['CUDA_DEVICE_ORDER'] = 'PCI_BUS_ID';
  if (!gpu) process.env['CUDA_VISIBLE_DEVICES'] = '-1';
  // By default it takes all of a card's memory at once, and several runs can share a card no more.
  process.env['TF_FORCE_GPU_ALLOW_GROWTH'] = 'true';
  if (deterministic) process.env['TF_DETERMINISTIC_OPS'] = '1';
  if (cores !== undefined) process.env['TF_NUM_INTRAOP_THREADS'] = String(cores);
}

/** The loader names the file it did not find: `libcudart.so.12: cannot open shared object file`. */
function missingLibrary(cause: unknown): string {
  const name = /(lib[\w.+-]+\.so[\w.]*): cannot open shared object file/.exec(String((cause as Error).message))?.[1];
  return name === undefined ? '' : `: ${name} was not found`;
}

/** The same addon, whose errors say what they mean for a run. */
function inOurWords(addon: Addon): Addon {
  const said =
    (work: (...call: unknown[]) => unknown) =>
    (...call: unknown[]): unknown => {
      try {
        return work(...call);
      } catch (error) {
        throw nativeError(error);
      }
    };
  // Its properties are not enumerable, so they cannot be copied.
  return Object.create(addon, {
    executeOp: { value: said(addon.executeOp) },
    createTensor: { value: said(addon.createTensor) },
  }) as Addon;
}
