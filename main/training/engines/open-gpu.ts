import { AppError } from '../../../shared/errors.ts';

export type GpuInfo = { name: string; driver: string; software: boolean };

/**
 * Loads Dawn and puts `navigator.gpu` where TensorFlow.js looks for it. A software adapter (SwiftShader, llvmpipe, WARP) says
 * so in `software`. ENGINE_UNAVAILABLE when there is no adapter. A broken driver may take the process down: call it in a child.
 */
export async function openGpu(): Promise<GpuInfo> {
  const { create, globals } = await import('webgpu').catch((cause: unknown) => {
    throw new AppError('ENGINE_UNAVAILABLE', 'The package webgpu (Dawn) cannot be loaded on this machine.', undefined, {
      cause,
    });
  });
  Object.assign(globalThis, globals);
  const gpu = create([]) as GPU;
  Object.defineProperty(globalThis, 'navigator', { value: { gpu, userAgent: 'node' }, configurable: true });
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter) {
    throw new AppError(
      'ENGINE_UNAVAILABLE',
      'No GPU with a Vulkan, Metal or Direct3D 12 driver was found.',
      'On Linux a GPU needs libvulkan1 and its maker’s Vulkan driver.',
    );
  }
  const { vendor, architecture, device, description } = adapter.info;
  const text = `${vendor} ${architecture} ${device} ${description}`;
  return {
    name: readableName(adapter.info),
    driver: description,
    software: adapter.info.isFallbackAdapter === true || /swiftshader|llvmpipe|lavapipe|basic render|warp/i.test(text),
  };
}

/** Dawn gives a device id such as `0x24b0` where the driver has no name. */
function readableName({ vendor, architecture, device, description }: GPUAdapterInfo): string {
  const named = device !== '' && !device.startsWith('0x') ? device : description;
  const name = named || architecture;
  return name.toLowerCase().includes(vendor.toLowerCase()) ? name : `${vendor} ${name}`.trim();
}
