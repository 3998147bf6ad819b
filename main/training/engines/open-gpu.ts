import { AppError } from '../../../shared/errors.ts';
import type { FoundDevice } from './found.ts';

/**
 * Loads Dawn and puts `navigator.gpu` where TensorFlow.js looks for it. WARDBOOK_GPU names the adapter where there are several;
 * otherwise the system's fastest is taken. ENGINE_UNAVAILABLE when there is none. A broken driver may take the process down:
 * call it in a child.
 */
export async function openGpu(env: NodeJS.ProcessEnv = process.env): Promise<FoundDevice> {
  const { create, globals } = await import('webgpu').catch((cause: unknown) => {
    throw new AppError('ENGINE_UNAVAILABLE', 'The package webgpu (Dawn) cannot be loaded on this machine', undefined, {
      cause,
    });
  });
  Object.assign(globalThis, globals);
  const named = env['WARDBOOK_GPU'];
  const gpu = create(named ? [`adapter=${named}`] : []) as GPU;
  Object.defineProperty(globalThis, 'navigator', { value: { gpu, userAgent: 'node' }, configurable: true });
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' }).catch((cause: unknown) => {
    throw noSuchAdapter(named ?? '', cause);
  });
  if (!adapter) {
    throw new AppError(
      'ENGINE_UNAVAILABLE',
      'no GPU with a Vulkan, Metal or Direct3D 12 driver was found',
      'On Linux a GPU needs libvulkan1 and its maker’s Vulkan driver.',
    );
  }
  const { vendor, architecture, device, description } = adapter.info;
  const text = `${vendor} ${architecture} ${device} ${description}`;
  return {
    gpu: readableName(adapter.info),
    driver: description,
    software: adapter.info.isFallbackAdapter === true || /swiftshader|llvmpipe|lavapipe|basic render|warp/i.test(text),
    limits: {
      bufferMiB: Math.floor(adapter.limits.maxBufferSize / 2 ** 20),
      bindingMiB: Math.floor(adapter.limits.maxStorageBufferBindingSize / 2 ** 20),
    },
  };
}

/** Dawn's message lists the adapters there are, by backend and name. */
function noSuchAdapter(named: string, cause: unknown): AppError {
  const names = [...String((cause as Error).message).matchAll(/name: '([^']+)'/g)].map(([, name]) => name);
  const there = names.length === 0 ? 'none' : [...new Set(names)].join(', ');
  return new AppError(
    'ENGINE_UNAVAILABLE',
    named === ''
      ? 'no GPU with a Vulkan, Metal or Direct3D 12 driver was found'
      : `WARDBOOK_GPU names the adapter "${named}", which is not there (there are: ${there})`,
    undefined,
    { cause },
  );
}

/** Dawn gives a device id such as `0x24b0` where the driver has no name. */
function readableName({ vendor, architecture, device, description }: GPUAdapterInfo): string {
  const named = device !== '' && !device.startsWith('0x') ? device : description;
  const name = named || architecture;
  return name.toLowerCase().includes(vendor.toLowerCase()) ? name : `${vendor} ${name}`.trim();
}
