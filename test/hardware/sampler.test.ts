import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { recordRun } from '../../main/hardware/sample-run.ts';
import { createSampler, type Sampler } from '../../main/hardware/sampler.ts';
import type { HardwareSample } from '../../shared/model/hardware.ts';
import type { MetricPoint } from '../../shared/model/series.ts';
import { notRun } from '../not-run.ts';

const folder = mkdtempSync(join(tmpdir(), 'wardbook-hardware-'));
const open: Sampler[] = [];
afterEach(() => {
  for (const sampler of open.splice(0)) sampler.close();
});

/** A program in nvidia-smi's place; it says what the real one says. */
function fakeNvidiaSmi(script: string): string {
  const path = join(folder, `nvidia-smi-${Math.random().toString(36).slice(2)}`);
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
  return path;
}

function start(nvidiaSmi: string): Sampler {
  const sampler = createSampler({ folder, nvidiaSmi, activeMs: 50, restMs: 50 });
  open.push(sampler);
  return sampler;
}

const until = (sampler: Sampler, wanted: (sample: HardwareSample) => boolean): Promise<HardwareSample> =>
  new Promise((resolve) => {
    sampler.onSample((sample) => {
      if (wanted(sample)) resolve(sample);
    });
  });

test('without nvidia-smi the other counters are there and no GPU is claimed', async () => {
  const sample = await until(start(join(folder, 'not-there')), ({ cpu }) => cpu.utilization !== null);
  expect(sample.cpu.cores).toBeGreaterThan(0);
  expect(sample.memory.totalMiB).toBeGreaterThan(0);
  expect(sample.disk.totalGiB).toBeGreaterThan(0);
});

test('every GPU is read from one program that stays', async () => {
  const program = fakeNvidiaSmi(
    'case "$1" in *query-gpu*) while :; do echo "0, Card A, 10, 1, 2, 3, 4"; echo "1, Card B, 20, [N/A], 2, 3, 4"; sleep 0.05; done;; esac',
  );
  const { gpus } = await until(start(program), (sample) => sample.gpus.length === 2);
  expect(gpus.map((gpu) => [gpu.name, gpu.utilization, gpu.memoryUsedMiB])).toEqual([
    ['Card A', 10, 1],
    ['Card B', 20, null],
  ]);
});

test('a GPU whose program died keeps its name, its numbers become n/a, and a restart brings them back', async () => {
  const [first, again] = [join(folder, `first-${process.pid}`), join(folder, `again-${process.pid}`)];
  const line = 'echo "0, Card A, 10, 1, 2, 3, 4"';
  const program = fakeNvidiaSmi(
    `case "$1" in *query-gpu*) if [ ! -e ${first} ]; then touch ${first}; ${line}; exit 9; fi; if [ ! -e ${again} ]; then exit 9; fi; while :; do ${line}; sleep 0.05; done;; esac`,
  );
  const sampler = start(program);
  expect((await until(sampler, ({ gpus }) => gpus[0]?.utilization === 10)).gpus[0]?.name).toBe('Card A');
  expect((await until(sampler, ({ gpus }) => gpus[0]?.utilization === null)).gpus[0]?.name).toBe('Card A');
  writeFileSync(again, '');
  expect((await until(sampler, ({ gpus }) => gpus[0]?.utilization === 10)).gpus[0]?.memoryMiB).toBe(2);
});

const onLinux = process.platform === 'linux';
if (!onLinux) notRun('the hardware of a run’s processes', 'processes are looked up in /proc');
test.runIf(onLinux)(
  'a run is measured with all its descendants, and its points go to the run until it ends',
  async () => {
    const sampler = start(join(folder, 'not-there'));
    const busy = 'const end = Date.now() + 20000; while (Date.now() < end) Math.sqrt(Math.random());';
    const parent = `require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(busy)}]); setInterval(() => {}, 1000);`;
    const child = spawn(process.execPath, ['-e', parent], { stdio: 'ignore', detached: true });
    const stop = new AbortController();
    const points: MetricPoint[] = [];
    const enough = new Promise<void>((resolve) => {
      const append = async (input: { id: string; points: MetricPoint[] }) => {
        expect(input.id).toBe('f'.repeat(32));
        points.push(...input.points);
        const cpu = input.points.find((point) => point.key === 'system/cpu')?.value ?? 0;
        const memory = input.points.find((point) => point.key === 'system/memory')?.value ?? 0;
        // Two Node processes, one of them computing.
        if (cpu > 20 && memory > 60) resolve();
      };
      recordRun(sampler, append, 'f'.repeat(32), child.pid as number, stop.signal, Date.now());
    });
    await enough;
    stop.abort();
    process.kill(-(child.pid as number), 'SIGKILL');
    expect(new Set(points.map((point) => point.key))).toContain('system/machine-memory');
    const recorded = points.length;
    await until(sampler, () => true);
    expect(points.length).toBe(recorded);
  },
);
