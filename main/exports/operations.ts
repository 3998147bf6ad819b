import type { CallInput, CallOutput } from '../../shared/contract/index.ts';
import type { Verification } from '../../shared/model/report.ts';
import { listAudit, verifyAudit } from '../store/audit.ts';
import { readDraftFile } from '../store/drafts.ts';
import { keyFacts, unlockSigningKey } from '../store/keys.ts';
import type { ReadableVault, Vault } from '../store/vault.ts';
import { type Accepted, acceptDraft } from './accept.ts';
import { createDraft } from './draft.ts';
import { verifyReport } from './verify.ts';

/** The calls of this feature that need the store. */
export const exportOperations = {
  'exports.draft': (vault: Vault, input: CallInput<'exports.draft'>): CallOutput<'exports.draft'> =>
    createDraft(vault, input.ids),
  'exports.draftFile': (vault: ReadableVault, input: CallInput<'exports.draftFile'>): CallOutput<'exports.draftFile'> =>
    readDraftFile(vault.db, input.digest, input.name),
  'audit.list': (vault: ReadableVault, input: CallInput<'audit.list'>): CallOutput<'audit.list'> =>
    listAudit(vault, input.limit, input.before),
  'audit.verify': (vault: ReadableVault, _input: CallInput<'audit.verify'>): CallOutput<'audit.verify'> =>
    verifyAudit(vault),
  'internal.acceptDraft': (vault: Vault, input: { digest: string; outDir: string; unattended: boolean }): Accepted =>
    acceptDraft(vault, input.digest, input.outDir, { unattended: input.unattended }),
  'internal.verifyReport': (vault: ReadableVault, input: { path: string }): Verification => {
    const own = verifyReport(input.path, keyFacts(vault.dir).publicKey);
    // Another site's report is judged without this site's key: nobody gave it one.
    return own.trusted
      ? { ...own, reason: 'intact, and signed by this site’s own key.' }
      : verifyReport(input.path, null);
  },
  'internal.unlockKeys': (vault: Vault, input: { signingKey: Uint8Array }): null => {
    unlockSigningKey(vault.dir, input.signingKey);
    return null;
  },
};
