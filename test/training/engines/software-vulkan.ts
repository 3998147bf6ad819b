import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Chromium brings a software Vulkan driver: slow, but the same shaders as on a GPU. */
const driver = ['/usr/lib/chromium/vk_swiftshader_icd.json'].find((file) => existsSync(file));

export const noSoftwareVulkan = 'no software Vulkan driver (Chromium’s SwiftShader) on this machine';

/** Environment of a process that is to find the software driver, or null where there is none. */
export function softwareVulkan(): NodeJS.ProcessEnv | null {
  if (driver === undefined) return null;
  const folder = dirname(driver);
  const loader = existsSync(join(folder, 'libvulkan.so.1')) ? { LD_LIBRARY_PATH: folder } : {};
  return { ...process.env, VK_DRIVER_FILES: driver, ...loader };
}
