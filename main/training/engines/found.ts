import { z } from 'zod';

/** What a probe in a child found out about an engine's device. */
export const foundDevice = z.strictObject({
  /** Name of the GPU, null when the library computes on the processor. */
  gpu: z.string().nullable(),
  driver: z.string().nullable(),
  /** A GPU in software (SwiftShader, llvmpipe, WARP). */
  software: z.boolean(),
  /** Largest buffer and largest part of one that a kernel may use, MiB; null where nothing limits them but memory. */
  limits: z.strictObject({ bufferMiB: z.int(), bindingMiB: z.int() }).nullable(),
});
export type FoundDevice = z.infer<typeof foundDevice>;
