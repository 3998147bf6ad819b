import { tmpdir } from 'node:os';
import { createSampler } from '../../main/hardware/sampler.ts';
import type { Row, Scale } from './bench.ts';

export const title = 'Hardware sampler';

/** CPU time of the sampler while it measures the machine and one run every second, in percent of one core. */
export async function run({ scale }: { scale: Scale }): Promise<Row[]> {
  const seconds = scale === 'full' ? 30 : 6;
  const sampler = createSampler({ folder: tmpdir() });
  sampler.addRun('0'.repeat(32), process.pid);
  const alive = setInterval(() => {}, 1_000);
  // The first sample loads code and asks for what hardly moves.
  await new Promise((resolve) => setTimeout(resolve, 4_000));
  const before = process.cpuUsage();
  const started = performance.now();
  await new Promise((resolve) => setTimeout(resolve, seconds * 1_000));
  const used = process.cpuUsage(before);
  const figure = (100 * (used.user + used.system)) / 1_000 / (performance.now() - started);
  sampler.close();
  clearInterval(alive);
  return [
    {
      name: `one machine and one run, once a second, for ${seconds} s`,
      figure,
      unit: '% of one core',
      target: 'under 1 % on Linux',
      met: process.platform !== 'linux' || figure < 1,
    },
  ];
}
