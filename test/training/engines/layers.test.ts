import { expect, test } from 'vitest';
import { notRun } from '../../not-run.ts';
import { inChild } from './in-child.ts';
import { agrees, type NetworkFit } from './network-fit.ts';
import { noSoftwareVulkan, softwareVulkan } from './software-vulkan.ts';

type Computed = { scores: number[]; gradients: number[][]; left: number };
const env = softwareVulkan();

if (env === null) notRun('the network of a model folder on webgpu against cpu', noSoftwareVulkan);
else {
  test('the network of a model folder agrees with cpu on webgpu, repeats bit for bit, and leaves no tensor', {
    timeout: 200_000,
  }, () => {
    const cpu = inChild<Computed>('layers-on-engine.ts', ['cpu']);
    const webgpu = inChild<Computed>('layers-on-engine.ts', ['webgpu'], env);
    const apart = (a: number[], b: number[]): number =>
      a.reduce((most, v, i) => Math.max(most, Math.abs(v - b[i]!) / Math.max(1, Math.abs(v))), 0);
    expect(apart(cpu.scores, webgpu.scores)).toBeLessThan(1e-4);
    expect(apart(cpu.gradients[0]!, webgpu.gradients[0]!)).toBeLessThan(1e-3);
    expect(webgpu.gradients[1]).toEqual(webgpu.gradients[0]);
    expect([cpu.left, webgpu.left]).toEqual([0, 0]);
  });

  test('a whole fit of cnn on webgpu agrees with cpu, and the engine holds as much after the last epoch as after the first', {
    timeout: 420_000,
  }, () => {
    const cpu = inChild<NetworkFit>('fit-network.ts', ['cpu', 'cnn']);
    const webgpu = inChild<NetworkFit>('fit-network.ts', ['webgpu', 'cnn'], env);
    agrees(webgpu, cpu, 1e-3);
  });
}
