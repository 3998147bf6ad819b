import type { MetricWriter } from './metrics/writer.ts';
import type { ReadableDb, WritableDb } from './open.ts';

/** A vault open for writing: this process has a row in `writer` and holds its lock until `close`. */
export type Vault = {
  /** Absolute folder; everything the vault holds is below it. */
  dir: string;
  db: WritableDb;
  writerId: number;
  metrics: MetricWriter;
  /** Runs found dead when the vault was opened; `recoverRuns` finds later ones. */
  recovered: RecoveredRun[];
  close(): void;
};

/** A run whose process is gone, with what is shown as its reason. */
export type RecoveredRun = { id: string; reason: string };

/** A vault open for reading only. Every operation that only reads takes this; a `Vault` is one too. */
export type ReadableVault = { dir: string; db: ReadableDb };
