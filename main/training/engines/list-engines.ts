import type { EngineStatus } from '../../../shared/model/train-spec.ts';
import { engines } from './all-engines.ts';

/** Every engine, whether it can be used here, on what device, with how much memory, and why not. Nothing is ever downloaded. */
export function listEngines(): Promise<EngineStatus[]> {
  return Promise.all(
    engines.map(async (engine) => {
      const { id, available, device, reason, memoryMiB, freeMemoryMiB } = await engine.look();
      return { id, available, device, reason, memoryMiB, freeMemoryMiB };
    }),
  );
}
