import { cpus } from 'node:os';
import { openWasm } from './cpu/open-wasm.ts';
import type { Engine } from './engine.ts';
import { hostMemory } from './host-memory.ts';

export const cpuEngine: Engine = {
  id: 'cpu',
  ruledOut: () => null,
  look: async () => ({
    id: 'cpu',
    available: true,
    device: processorName(),
    reason: 'always there; repeats bit for bit',
    ...hostMemory(),
    gpu: null,
    driver: null,
    onlyWhenAsked: false,
    packages: {},
  }),
  load: openWasm,
};

/** `Intel Xeon …, 2 cores`. */
export function processorName(): string {
  const cores = cpus();
  return `${cores[0]?.model.trim() ?? 'CPU'}, ${cores.length} cores`;
}
