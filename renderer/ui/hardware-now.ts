import { useEffect, useState } from 'react';
import type { HardwareSample } from '../../shared/model/hardware.ts';
import { api } from '../api.ts';
import { useCall } from '../query.ts';

/** The newest sample of the machine, or null before the first. */
export function useHardware(): HardwareSample | null {
  const first = useCall('hardware.now', {});
  const [latest, setLatest] = useState<HardwareSample | null>(null);
  useEffect(() => api.on('hardware.sample', (sample) => setLatest(sample.machine)), []);
  return latest ?? first.data ?? null;
}
