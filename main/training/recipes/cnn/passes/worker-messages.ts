import type { ErrorCode } from '../../../../../shared/errors.ts';
import type { PassSetting, Shard } from './shard.ts';

/** Numbers that all threads see: the weights, and one slot per shard of a batch for its gradient and statistics. */
export type SharedNumbers = {
  parameters: Float32Array;
  statistics: Float32Array;
  gradients: Float32Array[];
  ofShards: Float32Array[];
};

export type ToShardWorker =
  | { type: 'open'; setting: PassSetting; shared: SharedNumbers }
  | { type: 'gradient'; slot: number; shard: Shard }
  | { type: 'scores'; pixels: Uint8Array; rows: number };

export type FromShardWorker =
  | { type: 'done'; loss: number }
  | { type: 'scores'; scores: Float32Array }
  | { type: 'failed'; code: ErrorCode; message: string };
