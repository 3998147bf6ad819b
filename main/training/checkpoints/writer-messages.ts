import type { SavedCheckpoint } from './format.ts';

export type ToCheckpointWriter = { write: SavedCheckpoint };

/** One checkpoint is on disk, or could not be put there; `cpuMs` is what that took of a core. */
export type FromCheckpointWriter = { cpuMs: number; failed: string | null };

export type WriterStart = { folder: string };
