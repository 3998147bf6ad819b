import type { EngineId } from '../../../shared/model/run.ts';
import { cpuEngine } from './cpu-engine.ts';
import type { Engine } from './engine.ts';
import { tensorflowEngine, tensorflowGpuEngine } from './tensorflow/tensorflow-engines.ts';
import { webgpuEngine } from './webgpu-engine.ts';

/** Every engine, in the order in which they are listed. */
export const engines: readonly Engine[] = [tensorflowGpuEngine, webgpuEngine, tensorflowEngine, cpuEngine];

export function engineOf(id: EngineId): Engine {
  return engines.find((engine) => engine.id === id)!;
}
