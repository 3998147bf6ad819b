import { z } from 'zod';
import type { AuditEntry, Draft, Verification } from '../model/report.ts';
import { runId } from '../model/run.ts';
import { call } from './call.ts';

const digest = z.string().regex(/^[0-9a-f]{64}$/);

export const exportsContract = {
  'exports.draft': call<Draft>()('write', z.strictObject({ ids: z.array(runId).min(1).max(50) })),
  /** The exact bytes of one file of a draft, as text. */
  'exports.draftFile': call<{ name: string; text: string }>()(
    'read',
    z.strictObject({ digest, name: z.string().max(100) }),
  ),
  /** Opens the folder dialog, then signs, writes the audit entry and the files; null when the person cancels the dialog. */
  'exports.accept': call<{ files: string[]; digest: string; signature: string } | null>()(
    'main',
    z.strictObject({ digest }),
  ),
  'exports.verify': call<Verification | null>()('main', z.strictObject({})),
  'audit.list': call<{ entries: AuditEntry[]; total: number }>()(
    'read',
    z.strictObject({ limit: z.int().min(1).max(1_000), before: z.int().nullable() }),
  ),
  'audit.verify': call<{ valid: boolean; entries: number; firstBad: number | null }>()('read', z.strictObject({})),
};
