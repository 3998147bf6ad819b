import { z } from 'zod';

/** One line of what a draft releases, changes or refuses; the wording stays on this machine. */
export const disclosure = z.strictObject({
  rule: z.string(),
  outcome: z.enum(['released', 'transformed', 'refused']),
  what: z.string(),
  count: z.int(),
});
export type Disclosure = z.infer<typeof disclosure>;

export const draft = z.strictObject({
  digest: z.string().regex(/^[0-9a-f]{64}$/),
  createdAt: z.number(),
  runs: z.array(z.string()),
  released: z.int(),
  transformed: z.int(),
  refused: z.array(z.strictObject({ rule: z.string(), count: z.int() })),
  disclosures: z.array(disclosure),
  policy: z.strictObject({ id: z.string(), k: z.int() }),
  files: z.array(z.strictObject({ name: z.string(), bytes: z.int(), sha256: z.string() })),
});
export type Draft = z.infer<typeof draft>;

export const verification = z.strictObject({
  valid: z.boolean(),
  trusted: z.boolean(),
  signedBy: z.string().nullable(),
  reason: z.string(),
});
export type Verification = z.infer<typeof verification>;

export const auditEntry = z.strictObject({
  sequence: z.int(),
  at: z.number(),
  action: z.string(),
  /** Counts, ids and codes; never values of records. */
  detail: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
});
export type AuditEntry = z.infer<typeof auditEntry>;
