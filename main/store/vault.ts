import type { ReadableDb, WritableDb } from './open.ts';
import type { MetricWriter } from './metrics/writer.ts';

/** A vault open for writing: this process has a row in `writer` and holds its lock until `close`. */
export type Vault = {
  /** Absolute folder; everything the vault holds is below it. */
  dir: string;
  db: WritableDb;
  writerId: number;
  metrics: MetricWriter;
  close(): void;
};

/** A vault open for reading only. Every operation that only reads takes this; a `Vault` is one too. */
export type ReadableVault = { dir: string; db: ReadableDb };
