import { AppError } from '../../shared/errors.ts';
import { exportableReport } from '../../shared/model/exportable-run.ts';
import { defaultPolicy } from '../../shared/model/policy.ts';
import { appVersion } from '../platform/version.ts';
import { appendAudit, auditHead } from '../store/audit.ts';
import { lastAccepted, markAccepted, readDraft, type StoredDraft, stateOfRuns } from '../store/drafts.ts';
import { keyFacts, siteSigningKey } from '../store/keys.ts';
import { transaction } from '../store/open.ts';
import type { Vault } from '../store/vault.ts';
import { digestOfFiles, sha256 } from './digest.ts';
import { demandWholeAudit } from './draft.ts';
import { type Statement, serialiseStatement } from './manifest.ts';
import { type Envelope, serialise, signPayload } from './sign.ts';
import { prepareReportFolder } from './write-report.ts';

export type Accepted = { files: string[]; digest: string; signature: string };

/**
 * Signs a draft and writes it below `outDir`, in this order: nothing changed since, audit entry, signature, files (X4, X12,
 * X13, X15). `unattended` says that nobody looked at the preview; manifest and audit log say so too.
 * Throws DRAFT_NOT_FOUND, EXPORT_CHANGED, AUDIT_BROKEN, KEY_UNAVAILABLE, OUTPUT_UNWRITABLE, DISK_FULL.
 */
export function acceptDraft(vault: Vault, digest: string, outDir: string, options: { unattended: boolean }): Accepted {
  const key = siteSigningKey(vault.dir);
  demandUnchanged(vault, readDraft(vault.db, digest));
  demandWholeAudit(vault);
  const output = prepareReportFolder(outDir);
  try {
    const { stored, envelope } = transaction(vault.db, () => {
      const found = readDraft(vault.db, digest);
      // Asked again under the lock: another process may have changed a run meanwhile.
      demandUnchanged(vault, found);
      const entry = appendAudit(vault, 'export.sign', {
        digest,
        runs: found.draft.runs.length,
        files: found.files.length,
        unattended: options.unattended,
        key: key.keyId,
      });
      const statement = statementOf(vault, found, { auditEntries: entry.sequence, unattended: options.unattended });
      markAccepted(vault.db, digest, entry.at);
      return { stored: found, envelope: signPayload(serialiseStatement(statement), key) };
    });
    const manifest = { name: 'manifest.json', bytes: Buffer.from(serialise(envelope)) };
    const files = writeOrTell(vault, digest, () =>
      output.commit([...stored.files, manifest], startOfDay(stored.draft.createdAt)),
    );
    return { files, digest, signature: signatureOf(envelope) };
  } finally {
    output.abandon();
  }
}

function demandUnchanged(vault: Vault, stored: StoredDraft): void {
  const described = stored.files.map(({ name, bytes }) => ({ name, sha256: sha256(bytes) }));
  const sameBytes = digestOfFiles(described) === stored.draft.digest;
  if (sameBytes && stateOfRuns(vault.db, stored.draft.runs) === stored.state) return;
  throw new AppError(
    'EXPORT_CHANGED',
    'A run of this draft, or a setting, was changed after the draft was built, so the draft is void.',
    'Build the draft again and look at it again.',
  );
}

function statementOf(
  vault: Vault,
  { draft, files }: StoredDraft,
  facts: { auditEntries: number; unattended: boolean },
): Statement {
  const report = files.find((file) => file.name === 'report.json')!;
  const { rules } = exportableReport.parse(JSON.parse(report.bytes.toString('utf8')));
  const { publicKey, protection } = keyFacts(vault.dir);
  return {
    _type: 'https://in-toto.io/Statement/v1',
    subject: files.map(({ name, bytes }) => ({ name, digest: { sha256: sha256(bytes) } })),
    predicateType: 'urn:wardbook:report:1',
    predicate: {
      digest: draft.digest,
      appVersion,
      policy: { id: defaultPolicy.id, sha256: sha256(JSON.stringify(defaultPolicy)), k: defaultPolicy.k },
      rules,
      auditHead: auditHead(vault)!,
      auditEntries: facts.auditEntries,
      previous: lastAccepted(vault.db),
      unattended: facts.unattended,
      key: { publicKey, protection: protection === 'keyring' ? 'keyring' : 'unprotected key' },
    },
  };
}

/** The entry of the signature stands even when the disk then fails; the log says that too. */
function writeOrTell<T>(vault: Vault, digest: string, write: () => T): T {
  try {
    return write();
  } catch (error) {
    appendAudit(vault, 'export.not-written', { digest });
    throw error;
  }
}

const signatureOf = (envelope: Envelope): string => envelope.signatures[0]!.sig;
const startOfDay = (ms: number): number => Math.floor(ms / 86_400_000) * 86_400_000;
