import { z } from 'zod';
import { stage } from '../model/registration.ts';
import {
  type ApprovalCheck,
  aliasName,
  cardText,
  type Lineage,
  type ModelCard,
  type ModelSummary,
  modelName,
  type RegisteredModel,
} from '../model/registry.ts';
import { runId } from '../model/run.ts';
import { call } from './call.ts';

const one = z.strictObject({ name: modelName, version: z.int().positive() });
/** A model (`version` null) or one version of it. */
const either = z.strictObject({ name: modelName, version: z.int().positive().nullable() });
/** Asked for by the window unless the command line says so. */
const via = z.enum(['window', 'command line']).default('window');

export const registryContract = {
  'models.list': call<ModelSummary[]>()('read', z.strictObject({})),
  'models.show': call<RegisteredModel>()('read', z.strictObject({ name: modelName })),
  'models.lineage': call<Lineage>()('read', one),
  /** Whether a version may be approved, and why not. */
  'models.approval': call<ApprovalCheck>()('read', one),
  /** Without `groups` at once; with them in seconds, since each group has intervals of its own. */
  'models.card': call<ModelCard>()('read', one.extend({ groups: z.boolean().default(true) })),
  /** Hashes the files on disk and compares them with what was registered. */
  'models.verify': call<{ valid: boolean; reason: string }>()('read', one),
  'models.register': call<{ name: string; version: number }>()(
    'write',
    z.strictObject({
      run: runId,
      name: modelName,
      path: z.string().max(1_000).nullable().default(null),
      description: z.string().max(4_000).default(''),
      reason: z.string().max(500).default(''),
      via,
    }),
  ),
  /** Moves a version; an approved one is retired when another takes its place. APPROVAL_REFUSED names the rule. */
  'models.stage': call<{ retired: number[] }>()(
    'write',
    one.extend({ stage, reason: z.string().trim().min(1).max(500), via }),
  ),
  'models.rename': call<null>()('write', z.strictObject({ name: modelName, to: modelName })),
  'models.describe': call<null>()('write', either.extend({ description: z.string().max(4_000) })),
  'models.tag': call<null>()(
    'write',
    either.extend({ key: z.string().min(1).max(250), value: z.string().max(5_000).nullable() }),
  ),
  'models.alias': call<null>()('write', either.extend({ alias: aliasName, via })),
  'models.editCard': call<null>()('write', one.extend({ text: cardText })),
  'models.delete': call<null>()('write', either.extend({ via })),
  'models.restore': call<null>()('write', either.extend({ via })),
  /** Opens the folder dialog and writes the card there as Markdown, an audited local copy; null when the person cancels. */
  'models.saveCard': call<{ file: string } | null>()('main', one),
};
