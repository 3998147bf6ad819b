import type { HardwareSample, ProcessTreeSample } from '../model/hardware.ts';

/** Every event main publishes to a page, with its payload. Delivered at most every 100 ms per event and run. */
export type Events = {
  /** Something in the store changed: by this process or another one. */
  'store.changed': {
    revision: number;
    nouns: ('run' | 'series' | 'log' | 'study' | 'dataset' | 'model' | 'draft' | 'audit' | 'setting')[];
    runs: string[];
  };
  'import.progress': {
    handle: string;
    bytesDone: number;
    bytesTotal: number;
    rows: number;
    bytesPerSecond: number;
    leftMs: number | null;
  };
  /** A link from outside waits to be followed: `app.takeLink`. */
  'link.waiting': Record<string, never>;
  'hardware.sample': { machine: HardwareSample; runs: { id: string; sample: ProcessTreeSample }[] };
};
export type EventName = keyof Events;
export const eventNames = [
  'store.changed',
  'import.progress',
  'hardware.sample',
  'link.waiting',
] as const satisfies readonly EventName[];
