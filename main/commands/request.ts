import { z } from 'zod';
import { paramValue } from '../../shared/model/run.ts';

/** What is asked for with `wardbook run` or the Train screen; it reaches the host on its standard input. */
export const commandRequest = z.strictObject({
  argv: z.array(z.string()).min(1),
  /** Absolute. */
  folder: z.string(),
  study: z.string(),
  name: z.string().nullable(),
  /** Of `wardbook.project.yaml`. */
  entry: z.string().nullable(),
  params: z.record(z.string(), paramValue),
  /** Why the command may reach the network; null: it may not. */
  allowNetwork: z.string().nullable(),
});
export type CommandRequest = z.infer<typeof commandRequest>;
