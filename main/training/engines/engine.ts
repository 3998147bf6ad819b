import type { EngineId } from '../../../shared/model/run.ts';
import type { EngineStatus } from '../../../shared/model/train-spec.ts';
import type { FoundDevice } from './found.ts';

export type Tensors = typeof import('@tensorflow/tfjs-core');

/** What a look at an engine finds: its status, and what a run records of it. */
export type EngineFacts = EngineStatus & {
  /** The GPU that it computes on, null on the processor. */
  gpu: string | null;
  driver: string | null;
  /** There, but slower than what comes after it: taken only when a person asks for it. */
  onlyWhenAsked: boolean;
  /** Versions of native libraries that can change a number, by name. */
  packages: Record<string, string>;
};

export type LoadOptions = {
  /** The same bits in every run, where that costs time. */
  deterministic: boolean;
  /** Threads that it may use; all that there are when nothing is said. */
  cores?: number;
};

/** What computes. One file per engine; nothing else asks which engine it is. */
export type Engine = {
  id: EngineId;
  /** Why it cannot be used here, as far as that is known without starting a process; null when a look is worth it. */
  ruledOut(): string | null;
  /** May take seconds the first time: what a driver or a native library says, it says in a child. */
  look(): Promise<EngineFacts>;
  /** On what device it would compute. In a child only: a broken driver may crash or hang whoever loads it. */
  find?(): Promise<FoundDevice>;
  /** Registers its backend with `tf` and returns the backend's name. In a trainer only: a broken library may end the process. */
  load(tf: Tensors, options: LoadOptions): Promise<string>;
};
