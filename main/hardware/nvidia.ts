import type { GpuReading } from '../../shared/model/hardware.ts';
import { keepReading, type LineSource } from './line-source.ts';
import { gpuFields, parseAppLine, parseGpuLine } from './nvidia-parse.ts';

/** NVIDIA GPUs through one nvidia-smi that stays: a start of its own for each sample would cost more than the sample. */
export type Nvidia = {
  /** Newest readings by index; numbers are null once they are older than three intervals. */
  gpus(): GpuReading[];
  /** GPU memory of each process that computes on one, MiB; null when nvidia-smi does not say. */
  processes(): Map<number, number> | null;
  /** Asks every `ms`; processes are asked for only with `withProcesses`. */
  setInterval(ms: number, withProcesses: boolean): void;
  stop(): void;
};

type Stamped<T> = { at: number; value: T };

export function watchNvidia(command: string): Nvidia {
  const readings = new Map<number, Stamped<GpuReading>>();
  const memory = new Map<number, Stamped<number>>();
  let sources: LineSource[] = [];
  let setting = { ms: 0, withProcesses: false };
  let absent = false;

  const isFresh = ({ at }: { at: number }) => performance.now() - at < 3 * setting.ms + 1_000;
  const stop = () => {
    for (const source of sources) source.stop();
    sources = [];
  };
  const ask = (query: string, line: (text: string) => void) =>
    keepReading(command, [query, '--format=csv,noheader,nounits', '-lms', String(setting.ms)], {
      line,
      down: () => {},
      absent: () => {
        absent = true;
      },
    });

  return {
    gpus: () =>
      [...readings]
        .sort(([a], [b]) => a - b)
        .map(([, reading]) => (isFresh(reading) ? reading.value : blank(reading.value))),
    processes: () => {
      if (absent || !setting.withProcesses || readings.size === 0) return null;
      return new Map([...memory].filter(([, each]) => isFresh(each)).map(([pid, { value }]) => [pid, value]));
    },
    setInterval(ms, withProcesses) {
      if (absent || (ms === setting.ms && withProcesses === setting.withProcesses)) return;
      stop();
      setting = { ms, withProcesses };
      sources = [
        ask(`--query-gpu=${gpuFields}`, (text) => {
          const parsed = parseGpuLine(text);
          if (parsed !== null) readings.set(parsed.index, { at: performance.now(), value: parsed.reading });
        }),
      ];
      if (!withProcesses) return;
      memory.clear();
      sources.push(
        ask('--query-compute-apps=pid,used_memory', (text) => {
          const parsed = parseAppLine(text);
          if (parsed !== null) memory.set(parsed.pid, { at: performance.now(), value: parsed.memoryMiB });
        }),
      );
    },
    stop,
  };
}

/** The GPU is there, its counters are not. */
function blank(reading: GpuReading): GpuReading {
  return { ...reading, utilization: null, memoryUsedMiB: null, powerW: null, temperatureC: null };
}
