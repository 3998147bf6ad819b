import { z } from 'zod';
import { ruleId } from '../../shared/model/export-dictionary.ts';

const hex64 = z.string().regex(/^[0-9a-f]{64}$/);

/** in-toto Statement v1; the subjects are the files of the report. */
export const statement = z.strictObject({
  _type: z.literal('https://in-toto.io/Statement/v1'),
  subject: z
    .array(
      z.strictObject({
        name: z.string().regex(/^[a-z]{1,20}\.(html|json)$/),
        digest: z.strictObject({ sha256: hex64 }),
      }),
    )
    .min(1)
    .max(10),
  predicateType: z.literal('urn:wardbook:report:1'),
  predicate: z.strictObject({
    digest: hex64,
    appVersion: z.string().max(40),
    policy: z.strictObject({ id: z.string().max(64), sha256: hex64, k: z.int() }),
    rules: z.array(z.strictObject({ rule: ruleId, changed: z.int(), refused: z.int() })),
    /** Code of the audit entry of this export: the anchor of the site's chain. */
    auditHead: hex64,
    auditEntries: z.int(),
    /** Digest of the site's export before this one. */
    previous: hex64.nullable(),
    /** True when nobody looked at the draft before it was signed. */
    unattended: z.boolean(),
    key: z.strictObject({ publicKey: z.string().max(400), protection: z.enum(['keyring', 'unprotected key']) }),
  }),
});
export type Statement = z.infer<typeof statement>;

/** Serialised one way only, so that a byte changed anywhere shows. */
export const serialiseStatement = (value: Statement): string => `${JSON.stringify(value)}\n`;
