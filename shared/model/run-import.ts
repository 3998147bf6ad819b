import { z } from 'zod';

/** What runs can be taken over from. */
export const importFormats = ['tensorboard', 'mlruns', 'mlflow-db', 'csv', 'wandb', 'clearml'] as const;
export const importFormat = z.enum(importFormats);
export type ImportFormat = z.infer<typeof importFormat>;

/** What was left out. `path` is relative to the chosen folder. */
export const skippedSource = z.strictObject({ path: z.string(), reason: z.string() });
export type SkippedSource = z.infer<typeof skippedSource>;

/** What lies at a place, before values are read. */
export const foundRuns = z.strictObject({
  format: importFormat,
  /** The first hundred. */
  runs: z.array(z.strictObject({ study: z.string(), name: z.string(), path: z.string(), bytes: z.number() })),
  count: z.int(),
  bytes: z.number(),
  skipped: z.array(skippedSource),
});
export type FoundRuns = z.infer<typeof foundRuns>;

export const importProgress = z.strictObject({
  bytesDone: z.number(),
  bytesTotal: z.number(),
  runsDone: z.int(),
  runsTotal: z.int(),
  points: z.int(),
});
export type RunImportProgress = z.infer<typeof importProgress>;

/**
 * What an import did. `runs` counts those added and those that got something new, `points` the points added, `models` the
 * versions added to the registry.
 */
export const importSummary = z.strictObject({
  studies: z.int(),
  runs: z.int(),
  points: z.int(),
  models: z.int(),
  skipped: z.array(skippedSource),
  added: z.int(),
  updated: z.int(),
  unchanged: z.int(),
  imported: z.array(z.strictObject({ id: z.string(), name: z.string(), study: z.string() })),
});
export type ImportSummary = z.infer<typeof importSummary>;
