import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { notRun } from '../not-run.ts';

/** Chromium brings a software Vulkan driver: slow, but the same shaders as on a GPU. */
const drivers = ['/usr/lib/chromium/vk_swiftshader_icd.json'];
const driver = drivers.find((file) => existsSync(file));
const entry = fileURLToPath(new URL('fit-on-engine.ts', import.meta.url));

type Fit = { losses: number[]; probabilities: number[] };

/** In a process of its own: the driver is found by environment variables, and a broken one may take its process down. */
function fitOn(engine: string, file: string): Fit {
  const folder = dirname(file);
  const vulkan = join(folder, 'libvulkan.so.1');
  const env = { ...process.env, VK_DRIVER_FILES: file, ...(existsSync(vulkan) ? { LD_LIBRARY_PATH: folder } : {}) };
  const run = spawnSync(process.execPath, [entry, engine], { env, encoding: 'utf8', timeout: 100_000 });
  if (run.status !== 0)
    throw new Error(`the fit on ${engine} ended with ${run.signal ?? run.status}: ${run.stderr.slice(0, 500)}`);
  return JSON.parse(run.stdout) as Fit;
}

if (driver === undefined) {
  notRun('mlp on webgpu against cpu', 'no software Vulkan driver (Chromium’s SwiftShader) on this machine');
} else {
  test('mlp on webgpu agrees with cpu, and twice the same seed gives identical numbers', { timeout: 240_000 }, () => {
    const cpu = fitOn('cpu', driver);
    const one = fitOn('webgpu', driver);
    expect(fitOn('webgpu', driver)).toEqual(one);
    expect(one.losses).toHaveLength(cpu.losses.length);
    const apart = (a: number[], b: number[]): number => Math.max(...a.map((value, i) => Math.abs(value - b[i]!)));
    expect(apart(one.losses, cpu.losses)).toBeLessThan(1e-4);
    expect(apart(one.probabilities, cpu.probabilities)).toBeLessThan(1e-4);
  });

  test('wardbook names the adapter, says that it is software, and does not choose it by itself', {
    timeout: 60_000,
  }, () => {
    const probe = fileURLToPath(new URL('probe-engines.ts', import.meta.url));
    const folder = dirname(driver);
    const env = { ...process.env, VK_DRIVER_FILES: driver, LD_LIBRARY_PATH: folder };
    const { stdout } = spawnSync(process.execPath, [probe], { env, encoding: 'utf8', timeout: 50_000 });
    const { engines, chosen } = JSON.parse(stdout) as {
      engines: { id: string; available: boolean; device: string | null; reason: string }[];
      chosen: { engine: string };
    };
    expect(engines.find(({ id }) => id === 'webgpu')).toMatchObject({
      available: true,
      device: expect.stringMatching(/swiftshader/i),
      reason: expect.stringContaining('software adapter'),
    });
    expect(chosen.engine).toBe('cpu');
  });
}

test('a machine without a Vulkan driver is told so, and the probe does not hang', { timeout: 60_000 }, () => {
  const probe = fileURLToPath(new URL('probe-engines.ts', import.meta.url));
  const env = { ...process.env, VK_DRIVER_FILES: '/nowhere.json', VK_ICD_FILENAMES: '/nowhere.json' };
  const { stdout } = spawnSync(process.execPath, [probe], { env, encoding: 'utf8', timeout: 50_000 });
  const { engines } = JSON.parse(stdout) as { engines: { id: string; available: boolean; reason: string }[] };
  expect(engines.map(({ id }) => id)).toEqual(['tensorflow-gpu', 'webgpu', 'tensorflow', 'cpu']);
  expect(engines.find(({ id }) => id === 'cpu')!.available).toBe(true);
  for (const { reason } of engines) expect(reason).not.toBe('');
});
