import { describe, expect, test } from 'vitest';
import { notRun } from '../../not-run.ts';
import { inChild } from './in-child.ts';
import { noSoftwareVulkan, softwareVulkan } from './software-vulkan.ts';

type Said = { code: string; message: string };
type Found = { gpu: string; limits: { bufferMiB: number; bindingMiB: number } };

const env = softwareVulkan();
if (env === null) notRun('limits, loss and choice of a webgpu device', noSoftwareVulkan);

describe.skipIf(env === null)('a webgpu device', () => {
  test('a tensor beyond the limits is OUT_OF_MEMORY, a lost device ENGINE_LOST', { timeout: 120_000 }, () => {
    const { tooLarge, fine, lost } = inChild<{ tooLarge: Said; fine: number[]; lost: Said }>(
      'lose-device.ts',
      [],
      env!,
    );
    expect(tooLarge).toMatchObject({ code: 'OUT_OF_MEMORY', message: expect.stringMatching(/at most \d+ MiB in one/) });
    expect(fine).toEqual([2, 3]);
    expect(lost).toMatchObject({ code: 'ENGINE_LOST', message: expect.stringMatching(/webgpu stopped answering/) });
  });

  test('an adapter is chosen by its name; another name is answered with those there are', { timeout: 120_000 }, () => {
    const find = (name: string) =>
      inChild<{ found: Found | null; message: string }>('find-gpu.ts', [], { ...env, WARDBOOK_GPU: name });
    const { message } = find('no such card');
    const there = /there are: ([^)]+)\)/.exec(message)?.[1] ?? '';
    expect(there).toMatch(/swiftshader/i);
    const { found } = find(there);
    expect(found!.gpu).toMatch(/swiftshader/i);
    expect(Math.min(found!.limits.bufferMiB, found!.limits.bindingMiB)).toBeGreaterThanOrEqual(128);
  });
});
