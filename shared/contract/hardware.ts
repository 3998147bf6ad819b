import { z } from 'zod';
import type { HardwareSample } from '../model/hardware.ts';
import { call } from './call.ts';

export const hardwareContract = {
  'hardware.now': call<HardwareSample>()('main', z.strictObject({})),
  /** Samples kept in memory since start, oldest first; at most the last two hours. */
  'hardware.history': call<HardwareSample[]>()('main', z.strictObject({})),
};
