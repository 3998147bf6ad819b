import { z } from 'zod';
import { errorCodes } from '../../shared/errors.ts';

/** To the serving child, once; to end it, `stop`. */
export const toServer = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('start'), vaultDir: z.string(), port: z.int() }),
  z.strictObject({ type: z.literal('stop') }),
]);
export type ToServer = z.infer<typeof toServer>;

const count = z.strictObject({ reason: z.string(), count: z.number(), lastAt: z.number() });
const client = z.strictObject({ name: z.string(), requests: z.number(), lastAt: z.number() });

/** From the serving child. The token is in the vault, not in a message. */
export const fromServer = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('listening'), url: z.string() }),
  z.strictObject({
    type: z.literal('status'),
    status: z.strictObject({ requests: z.number(), clients: z.array(client), refused: z.array(count) }),
  }),
  z.strictObject({
    type: z.literal('failed'),
    error: z.strictObject({ code: z.enum(errorCodes), message: z.string(), hint: z.string().optional() }),
  }),
]);
export type FromServer = z.infer<typeof fromServer>;
