import { existsSync } from 'node:fs';
import { AppError } from '../../../shared/errors.ts';
import type { EngineId } from '../../../shared/model/run.ts';
import type { EngineStatus, RecipeDeclaration } from '../../../shared/model/train-spec.ts';
import { cpuEngine, listEngines, webgpuEngine } from './list-engines.ts';
import { probeGpu } from './probe-gpu.ts';

export type ChosenEngine = { engine: EngineId; device: string; reason: string; driver: string | null };

/**
 * The engine of a run: the one asked for (ENGINE_UNAVAILABLE when it cannot be had or the recipe has no code for it), or the
 * first of the recipe's that is there and not done in software.
 */
export async function chooseEngine(recipe: RecipeDeclaration, asked: EngineId | null): Promise<ChosenEngine> {
  if (asked !== null && !recipe.engines.includes(asked)) {
    throw new AppError(
      'ENGINE_UNAVAILABLE',
      `${recipe.id} does not run on ${asked}${recipe.id === 'logistic' ? ': it is solved in double precision on the cpu' : ''}; it runs on ${recipe.engines.join(', ')}.`,
    );
  }
  if (asked !== null && asked !== 'cpu') {
    const status = (await listEngines()).find(({ id }) => id === asked)!;
    if (!status.available)
      throw new AppError('ENGINE_UNAVAILABLE', `The engine ${asked} is not available: ${status.reason}`);
    return chosen(status, 'asked for');
  }
  if (asked === 'cpu') return chosen(cpuEngine(), 'asked for');
  if (!recipe.engines.includes('webgpu'))
    return chosen(cpuEngine(), `${recipe.id} is solved in double precision on the cpu`);
  if (!hasGpuDevice()) return chosen(cpuEngine(), 'webgpu is not used: this machine has no GPU device');
  const webgpu = await webgpuEngine();
  const { gpu } = await probeGpu();
  if (webgpu.available && gpu?.software === false) return chosen(webgpu, `the fastest engine here for ${recipe.id}`);
  return chosen(cpuEngine(), `webgpu is not used: ${webgpu.reason}`);
}

/** Spares a run the look for a GPU (half a second) where the kernel has no device of one; only Linux says so cheaply. */
function hasGpuDevice(): boolean {
  if (process.platform !== 'linux') return true;
  return ['/dev/dri', '/dev/nvidiactl', '/dev/dxg'].some((device) => existsSync(device));
}

async function chosen(status: EngineStatus, reason: string): Promise<ChosenEngine> {
  const driver = status.id === 'webgpu' ? ((await probeGpu()).gpu?.driver ?? null) : null;
  return { engine: status.id, device: status.device!, reason, driver };
}
