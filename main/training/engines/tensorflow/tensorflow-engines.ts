import { type Added, findAdded, findIntact, intactEngine } from '../added/find-added.ts';
import type { AddableId } from '../added/manifest.ts';
import { processorName } from '../cpu-engine.ts';
import type { Engine, EngineFacts } from '../engine.ts';
import { noNvidiaDevice } from '../gpu-devices.ts';
import { hostMemory } from '../host-memory.ts';
import { loadCore } from '../load-core.ts';
import { nvidiaCards, nvidiaMemory } from '../nvidia-memory.ts';
import { probe } from '../probe.ts';
import { openTensorflow } from './open-tensorflow.ts';
import { createdDevice, whyNoGpu } from './why-no-gpu.ts';

/** Native TensorFlow on the processor. */
export const tensorflowEngine: Engine = {
  id: 'tensorflow',
  ruledOut: () => ruledOut('tensorflow'),
  async look(): Promise<EngineFacts> {
    const { added, why } = await findIntact('tensorflow');
    if (added === null) return unavailable('tensorflow', why);
    return {
      id: 'tensorflow',
      available: true,
      device: processorName(),
      reason: describe(added),
      ...hostMemory(),
      gpu: null,
      driver: null,
      onlyWhenAsked: false,
      packages: packagesOf(added),
    };
  },
  async load(tf, options) {
    const { folder } = await intactEngine('tensorflow');
    return openTensorflow(tf, folder, { ...options, gpu: false, verbose: false }).backend;
  },
};

const SECONDS = 60;

/** Native TensorFlow on an NVIDIA GPU, when TensorFlow sees one. */
export const tensorflowGpuEngine: Engine = {
  id: 'tensorflow-gpu',
  ruledOut: () => ruledOut('tensorflow-gpu') ?? noNvidiaDevice(),
  async look(): Promise<EngineFacts> {
    const { added, why } = await findIntact('tensorflow-gpu');
    if (added === null) return unavailable('tensorflow-gpu', why);
    const noDevice = noNvidiaDevice();
    if (noDevice !== null) return unavailable('tensorflow-gpu', noDevice);
    const { found, reason, printed } = await probe('tensorflow-gpu', SECONDS, added.kept.folder);
    if (found === null) return unavailable('tensorflow-gpu', reason);
    if (found.gpu === null) return unavailable('tensorflow-gpu', whyNoGpu(printed));
    const created = createdDevice(printed);
    const gpu = created?.name ?? found.gpu;
    const memory = await nvidiaMemory(gpu);
    return {
      id: 'tensorflow-gpu',
      available: true,
      device: gpu,
      reason: describe(added),
      memoryMiB: memory.memoryMiB ?? created?.memoryMiB ?? null,
      freeMemoryMiB: memory.freeMemoryMiB,
      gpu,
      driver: found.driver,
      onlyWhenAsked: false,
      packages: packagesOf(added),
    };
  },
  async find() {
    const { folder } = await intactEngine('tensorflow-gpu');
    const { usesGpu } = openTensorflow(await loadCore(), folder, { gpu: true, deterministic: false, verbose: true });
    const [card] = await nvidiaCards();
    const gpu = usesGpu ? (card?.name ?? 'NVIDIA GPU') : null;
    return { gpu, driver: card?.driver ?? null, software: false, limits: null };
  },
  async load(tf, options) {
    const { folder } = await intactEngine('tensorflow-gpu');
    return openTensorflow(tf, folder, { ...options, gpu: true, verbose: false }).backend;
  },
};

const ruledOut = (id: AddableId): string | null => {
  const { added, why } = findAdded(id);
  return added === null ? why : null;
};

function unavailable(id: AddableId, reason: string): EngineFacts {
  const none = { device: null, memoryMiB: null, freeMemoryMiB: null, gpu: null, driver: null };
  return { id, available: false, reason, ...none, onlyWhenAsked: false, packages: {} };
}

const describe = ({ kept }: Added): string =>
  `TensorFlow ${kept.manifest.versions.tensorflow}, added ${kept.addedAt.slice(0, 10)}`;

function packagesOf({ kept }: Added): Record<string, string> {
  const { tensorflow, addon } = kept.manifest.versions;
  const at = addon.lastIndexOf('@');
  return { tensorflow, [addon.slice(0, at)]: addon.slice(at + 1) };
}
