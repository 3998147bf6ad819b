import type { Sampler } from '../../hardware/sampler.ts';
import type { MainCalls } from '../register.ts';

/** Asking counts as looking: for the next minute the machine is sampled every second. */
export function hardwareCalls(sampler: Sampler): Pick<MainCalls, 'hardware.now' | 'hardware.history'> {
  return {
    'hardware.now': () => sampler.now(),
    'hardware.history': () => {
      sampler.look();
      return sampler.history();
    },
  };
}
