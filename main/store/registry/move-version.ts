import { AppError } from '../../../shared/errors.ts';
import type { Stage } from '../../../shared/model/registration.ts';
import type { ApprovalCheck, MovedVia } from '../../../shared/model/registry.ts';
import { checkApproval } from '../../../shared/registry/check-approval.ts';
import { userName } from '../../platform/user.ts';
import type { WritingVault } from '../audit.ts';
import { appendAudit } from '../audit.ts';
import { type ReadableDb, snapshot, transaction } from '../open.ts';
import { readRunEvidence } from './evidence.ts';
import { type VersionKey, versionKey } from './keys.ts';
import { setStage, versionsIn } from './moves.ts';
import { readVersion } from './read-versions.ts';

export type Move = {
  name: string;
  version: number;
  stage: Stage;
  reason: string;
  via: MovedVia;
  /** Also retire the other versions that are in the stage; an approved one is retired in any case. */
  retireOthers: boolean;
};

/**
 * Puts a version into a stage and returns the versions that were retired for it. A model has one approved version: approving
 * another retires it. Every move is kept with who, when and why, and is an entry of the audit log; a version that is in the stage
 * already stays as it is. Throws REGISTERED_MODEL_NOT_FOUND, MODEL_VERSION_NOT_FOUND, INPUT_INVALID (no reason) or
 * APPROVAL_REFUSED.
 */
export function moveVersion(vault: WritingVault, move: Move): { retired: number[] } {
  const reason = move.reason.trim();
  if (reason === '') {
    throw new AppError('INPUT_INVALID', 'A move between stages needs a reason.', 'Say why: --reason TEXT.');
  }
  return transaction(vault.db, () => {
    const version = versionKey(vault.db, move.name, move.version);
    const others = move.stage === 'approved' || move.retireOthers ? versionsIn(vault.db, move.stage, version) : [];
    if (version.stage !== move.stage && move.stage === 'approved') demandApprovable(vault.db, move.name, version);
    for (const other of others) {
      recordMove(vault, move, other, 'retired', `Replaced by v${version.version}.`);
    }
    if (version.stage !== move.stage) recordMove(vault, move, version, move.stage, reason);
    return { retired: others.map((other) => other.version) };
  });
}

/** Moves a version and audits it; whether it may be there is asked before. Call inside a transaction. */
export function recordMove(
  vault: WritingVault,
  { name, via }: Pick<Move, 'name' | 'via'>,
  version: VersionKey,
  to: Stage,
  reason: string,
): void {
  const by = userName();
  const { at } = appendAudit(vault, 'model.stage', {
    model: name,
    version: version.version,
    from: version.stage,
    to,
    reason,
    by,
    via,
  });
  setStage(vault.db, version, { at, by, via, to, reason });
}

/** Whether a version may be approved. Throws REGISTERED_MODEL_NOT_FOUND or MODEL_VERSION_NOT_FOUND. */
export function approvalOf(db: ReadableDb, name: string, version: number): ApprovalCheck {
  return snapshot(db, () => checkKey(db, versionKey(db, name, version)));
}

const checkKey = (db: ReadableDb, { id, run }: VersionKey): ApprovalCheck =>
  checkApproval(readVersion(db, id), run === null ? null : readRunEvidence(db, run));

function demandApprovable(db: ReadableDb, name: string, version: VersionKey): void {
  const [first, ...more] = checkKey(db, version).blockers;
  if (first === undefined) return;
  const also = more.length === 0 ? '' : ` Also: ${more.map(({ message }) => message).join(' ')}`;
  throw new AppError(
    'APPROVAL_REFUSED',
    `${name}@v${version.version} cannot be approved (${first.code}). ${first.message}${also}`,
    first.next,
  );
}
