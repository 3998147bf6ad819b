import { hostname, userInfo } from 'node:os';
import { AppError } from '../../shared/errors.ts';
import { defaultPolicy } from '../../shared/model/policy.ts';
import type { Draft } from '../../shared/model/report.ts';
import { appVersion } from '../platform/version.ts';
import { verifyAudit } from '../store/audit.ts';
import { type DraftFile, saveDraft, stateOfRuns } from '../store/drafts.ts';
import { macKey } from '../store/keys.ts';
import { transaction } from '../store/open.ts';
import { readSettings } from '../store/settings.ts';
import type { ReadableVault, Vault } from '../store/vault.ts';
import { collectEvidence } from './collect.ts';
import { digestOfFiles, sha256 } from './digest.ts';
import { createNotes } from './gate/notes.ts';
import { gateReport } from './gate/report.ts';
import { renderHtml } from './render/html.ts';
import { renderJson } from './render/json.ts';
import { scanBytes } from './scan.ts';

/**
 * Builds the exact bytes of a report and keeps them as a draft in the vault (X4, X12). The digest is what a person signs off;
 * any later change of the runs voids the draft. Throws RUN_NOT_FOUND, EXPORT_EMPTY, EXPORT_REFUSED or AUDIT_BROKEN.
 */
export function createDraft(vault: Vault, ids: string[]): Draft {
  const runs = [...new Set(ids)];
  if (runs.length === 0) throw new AppError('EXPORT_EMPTY', 'No run was named to report on.', 'Name one or more runs.');
  if (runs.length > 50)
    throw new AppError('EXPORT_REFUSED', `A report holds at most 50 runs; ${runs.length} were named.`);
  demandWholeAudit(vault);
  // One transaction: the evidence and the state that the draft is bound to are of the same moment.
  return transaction(vault.db, () => {
    const now = Date.now();
    const evidence = runs.map((uid) => collectEvidence(vault, uid));
    const notes = createNotes();
    const report = gateReport(
      evidence,
      {
        now,
        siteLabel: readSettings(vault.db).siteLabel,
        appVersion,
        fingerprintKey: macKey(vault.dir, 'fingerprint', true)!,
        localWords: [userInfo().username, hostname()],
      },
      defaultPolicy,
      notes,
    );
    const files: DraftFile[] = [
      { name: 'report.html', bytes: Buffer.from(renderHtml(report)) },
      { name: 'report.json', bytes: Buffer.from(renderJson(report)) },
    ];
    scanBytes(files, evidence, vault.dir);
    const described = files.map(({ name, bytes }) => ({ name, bytes: bytes.length, sha256: sha256(bytes) }));
    const disclosures = notes.list();
    const total = (outcome: string): number =>
      disclosures.filter((line) => line.outcome === outcome).reduce((sum, line) => sum + line.count, 0);
    const refusedRules = [
      ...new Set(disclosures.filter((line) => line.outcome === 'refused').map((line) => line.rule)),
    ].sort();
    const draft: Draft = {
      digest: digestOfFiles(described),
      createdAt: now,
      runs,
      released: total('released'),
      transformed: total('transformed'),
      refused: refusedRules.map((rule) => ({
        rule,
        count: disclosures
          .filter((line) => line.outcome === 'refused' && line.rule === rule)
          .reduce((sum, line) => sum + line.count, 0),
      })),
      disclosures,
      policy: { id: defaultPolicy.id, k: defaultPolicy.k },
      files: described,
    };
    saveDraft(vault.db, draft, stateOfRuns(vault.db, runs), files);
    return draft;
  });
}

/** Nothing leaves a vault whose log was tampered with. Throws AUDIT_BROKEN. */
export function demandWholeAudit(vault: ReadableVault): void {
  const verdict = verifyAudit(vault);
  if (verdict.valid) return;
  throw new AppError(
    'AUDIT_BROKEN',
    `The audit log does not verify from entry ${verdict.firstBad} on, so nothing is exported.`,
    'See `wardbook audit verify`, and restore the vault from a backup.',
  );
}
