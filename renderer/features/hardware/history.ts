import { useEffect, useState } from 'react';
import type { Events } from '../../../shared/contract/events.ts';
import type { HardwareSample } from '../../../shared/model/hardware.ts';
import { api } from '../../api.ts';
import { useCall } from '../../query.ts';

const KEPT_MS = 2 * 3_600_000;
/** More points than a chart of this width shows help nobody: every n-th is drawn once there are more. */
const DRAWN = 720;

export type Live = { samples: HardwareSample[]; runs: Events['hardware.sample']['runs'] };

/** Samples since start, at most two hours, oldest first, and what each run's processes use now. */
export function useHardware(): { live: Live; error: ReturnType<typeof useCall<'hardware.history'>>['error'] } {
  const past = useCall('hardware.history', {}, { gcTime: 0 });
  const [live, setLive] = useState<Live>({ samples: [], runs: [] });
  useEffect(() => {
    if (past.data) setLive((now) => ({ ...now, samples: merge(past.data, now.samples) }));
  }, [past.data]);
  useEffect(
    () =>
      api.on('hardware.sample', ({ machine, runs }) =>
        setLive((now) => ({ samples: merge(now.samples, [machine]), runs })),
      ),
    [],
  );
  return { live, error: past.error };
}

function merge(earlier: readonly HardwareSample[], later: readonly HardwareSample[]): HardwareSample[] {
  const last = earlier.at(-1)?.at ?? 0;
  const all = [...earlier, ...later.filter((sample) => sample.at > last)];
  const from = (all.at(-1)?.at ?? 0) - KEPT_MS;
  return all.filter((sample) => sample.at >= from);
}

/** Evenly thinned for drawing; the newest sample is always there. */
export function thinned(samples: readonly HardwareSample[]): HardwareSample[] {
  const step = Math.max(1, Math.ceil(samples.length / DRAWN));
  return samples.filter((_, index) => (samples.length - 1 - index) % step === 0);
}
