import { createRequire } from 'node:module';
import { cpus, totalmem } from 'node:os';
import type { EngineStatus } from '../../../shared/model/train-spec.ts';
import { probeGpu } from './probe-gpu.ts';

/** Every engine, whether it can be used here, on what device, and why not. Nothing is ever downloaded. */
export async function listEngines(): Promise<EngineStatus[]> {
  return [nativeEngine('tensorflow-gpu'), await webgpuEngine(), nativeEngine('tensorflow'), cpuEngine()];
}

export function cpuEngine(): EngineStatus {
  const cores = cpus();
  return {
    id: 'cpu',
    available: true,
    device: `${cores[0]?.model.trim() ?? 'CPU'}, ${cores.length} cores`,
    reason: 'always there; repeats bit for bit',
    memoryMiB: Math.round(totalmem() / 2 ** 20),
  };
}

/** A software adapter counts as available but is only used when it is asked for: the plain cpu engine is faster. */
export async function webgpuEngine(): Promise<EngineStatus> {
  const { gpu, reason } = await probeGpu();
  const status = { id: 'webgpu', memoryMiB: null } as const;
  if (gpu === null) return { ...status, available: false, device: null, reason };
  const why = gpu.software ? 'a software adapter, slower than cpu: used only when asked for' : `driver ${gpu.driver}`;
  return { ...status, available: true, device: gpu.name, reason: why };
}

function nativeEngine(id: 'tensorflow-gpu' | 'tensorflow'): EngineStatus {
  const installed = isInstalled('@tensorflow/tfjs-node-gpu');
  const reason = installed
    ? 'no recipe of this version runs on native TensorFlow yet'
    : 'the optional package @tensorflow/tfjs-node-gpu (native TensorFlow) is not installed';
  return { id, available: false, device: null, reason, memoryMiB: null };
}

function isInstalled(name: string): boolean {
  try {
    createRequire(import.meta.url).resolve(name);
    return true;
  } catch {
    return false;
  }
}
