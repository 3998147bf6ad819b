import type { HardwareSample, ProcessTreeSample } from '../../shared/model/hardware.ts';
import { linuxMachine } from './linux.ts';
import type { Machine, Slow } from './machine.ts';
import { type Nvidia, watchNvidia } from './nvidia.ts';
import { otherGpus } from './other-gpus.ts';
import { otherMachine } from './other-system.ts';
import { type TreeMeter, treeMeter } from './tree.ts';

export type SampledRun = { id: string; sample: ProcessTreeSample };
export type SampleListener = (machine: HardwareSample, runs: SampledRun[]) => void;

export type Sampler = {
  /** A reading of the machine that is at most two seconds old. */
  now(): Promise<HardwareSample>;
  /** Readings since start, oldest first, at most two hours of them. */
  history(): HardwareSample[];
  /** Measures a run's process tree with every sample until the returned function is called. */
  addRun(id: string, pid: number): () => void;
  /** Somebody looks: sample every second for the next minute. */
  look(): void;
  onSample(listener: SampleListener): () => void;
  close(): void;
};

export type SamplerOptions = {
  /** A folder on the disk whose space matters. */
  folder: string;
  /** Name of the program that reads NVIDIA GPUs. */
  nvidiaSmi?: string;
  activeMs?: number;
  restMs?: number;
};

const slowEveryMs = 30_000;
const lookMs = 60_000;
const historyMs = 2 * 60 * 60 * 1000;

/** Samples once a second while a run is measured or somebody looks, every ten seconds otherwise. */
export function createSampler({
  folder,
  nvidiaSmi = 'nvidia-smi',
  activeMs = 1_000,
  restMs = 10_000,
}: SamplerOptions): Sampler {
  const machine: Machine = process.platform === 'linux' ? linuxMachine() : otherMachine();
  const nvidia: Nvidia = watchNvidia(nvidiaSmi);
  const runs = new Map<string, TreeMeter>();
  const listeners = new Set<SampleListener>();
  const kept: HardwareSample[] = [];
  let slow: { at: number; value: Slow } | null = null;
  let others: { at: number; value: HardwareSample['gpus'] } = {
    at: performance.now() - slowEveryMs + 3_000,
    value: [],
  };
  let lookedAt = Number.NEGATIVE_INFINITY;
  let timer: NodeJS.Timeout | null = null;
  let ticking = false;
  let closed = false;

  const isActive = () => runs.size > 0 || performance.now() - lookedAt < lookMs;

  const slowReadings = async () => {
    if (slow === null || performance.now() - slow.at > slowEveryMs) {
      slow = { at: performance.now(), value: await machine.slow(folder) };
    }
    return slow.value;
  };

  const gpuReadings = async () => {
    const ofNvidia = nvidia.gpus();
    if (ofNvidia.length > 0) return ofNvidia;
    // Give nvidia-smi time for its first answer.
    if (performance.now() - others.at > slowEveryMs) others = { at: performance.now(), value: await otherGpus() };
    return others.value;
  };

  const sample = async (): Promise<HardwareSample> => {
    const [value, moving, gpus] = await Promise.all([slowReadings(), machine.moving(), gpuReadings()]);
    return {
      at: Date.now(),
      cpu: { model: value.cpuModel, cores: value.cores, utilization: moving.cpu, temperatureC: value.cpuTemperatureC },
      memory: moving.memory,
      disk: {
        usedGiB: value.diskUsedGiB,
        totalGiB: value.diskTotalGiB,
        readMiBps: moving.diskReadMiBps,
        writeMiBps: moving.diskWriteMiBps,
      },
      gpus,
    };
  };

  const tick = async () => {
    const started = performance.now();
    ticking = true;
    try {
      nvidia.setInterval(isActive() ? activeMs : restMs, runs.size > 0);
      keep(await sample());
    } finally {
      ticking = false;
      if (!closed) plan((isActive() ? activeMs : restMs) - (performance.now() - started));
    }
  };

  const keep = (reading: HardwareSample) => {
    if (closed) return;
    kept.push(reading);
    while (kept[0] !== undefined && kept[0].at < reading.at - historyMs) kept.shift();
    const processes = nvidia.processes();
    const measured = [...runs].map(([id, meter]) => ({ id, sample: meter(processes) }));
    for (const listener of listeners) listener(reading, measured);
  };

  const plan = (ms: number) => {
    if (timer !== null) clearTimeout(timer);
    timer = setTimeout(() => void tick(), Math.max(10, ms));
    timer.unref();
  };

  /** Does not wait for the sample that is due next. */
  const sampleSoon = () => {
    if (!closed && !ticking) plan(0);
  };

  const look = () => {
    const before = isActive();
    lookedAt = performance.now();
    if (!before) sampleSoon();
  };

  void tick();
  return {
    async now() {
      look();
      const last = kept.at(-1);
      return last !== undefined && Date.now() - last.at < 2_000 ? last : sample();
    },
    history: () => [...kept],
    addRun(id, pid) {
      runs.set(id, treeMeter(pid));
      // Also while somebody looks on: a run may be shorter than the time between two samples.
      sampleSoon();
      return () => void runs.delete(id);
    },
    look,
    onSample(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    close() {
      closed = true;
      if (timer !== null) clearTimeout(timer);
      nvidia.stop();
    },
  };
}
