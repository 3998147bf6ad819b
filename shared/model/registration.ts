import { z } from 'zod';

/** Where a model version stands. A model has at most one approved version. */
export const stage = z.enum(['draft', 'candidate', 'approved', 'retired']);
export type Stage = z.infer<typeof stage>;

/** A version that a run is registered as: shown on the run and in the table of runs. */
export const registration = z.strictObject({ model: z.string(), version: z.int(), stage });
export type Registration = z.infer<typeof registration>;
