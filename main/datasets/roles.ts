import type { ColumnRole } from '../../shared/model/dataset.ts';
import { isSiteName, isSplitName, subjectFit } from './column-names.ts';
import { identifierReason } from './identifiers.ts';
import { type OutcomeKind, outcomeKinds, outcomeRemark, roleOfOutcome } from './outcomes.ts';
import type { RawProfile } from './raw-profile.ts';

export type NamedProfile = { name: string; profile: RawProfile };
export type Suggested = { role: ColumnRole; remark: string | null };

/** The columns' suggested roles, in order, and the columns that name outcomes. `subject` is the declared subject column. */
export function suggestRoles(
  columns: NamedProfile[],
  rows: number,
  subject: string | null,
): { roles: Suggested[]; outcomes: { name: string; kind: OutcomeKind }[] } {
  const kinds = outcomeKinds(columns);
  const all = columns.map(({ name }, at) => ({ name, kind: kinds[at]! }));
  let site = false;
  const roles = columns.map((column, at): Suggested => {
    if (column.name === subject) return { role: 'subject', remark: null };
    if (!site && isSite(column)) {
      site = true;
      return { role: 'site', remark: null };
    }
    const kind = kinds[at];
    if (kind) return { role: roleOfOutcome[kind], remark: outcomeRemark(kind, column.name, all) };
    return ordinaryRole(column, rows);
  });
  return { roles, outcomes: all.filter((one): one is { name: string; kind: OutcomeKind } => one.kind !== null) };
}

function isSite({ name, profile }: NamedProfile): boolean {
  if (!isSiteName(name) || profile.distinct < 2) return false;
  return (
    profile.type === 'category' ||
    ((profile.type === 'integer' || profile.type === 'boolean') && profile.distinct <= 1000)
  );
}

function ordinaryRole({ name, profile }: NamedProfile, rows: number): Suggested {
  if (profile.missing === rows) return { role: 'ignored', remark: 'is empty' };
  const identifier = identifierReason(name, profile, rows);
  if (identifier !== null) return { role: 'identifier', remark: identifier };
  if (subjectFit(name) >= 0) return { role: 'identifier', remark: 'looks like ids of persons' };
  if (isSplit(name, profile)) return { role: 'split', remark: null };
  if (profile.type === 'date') return { role: 'ignored', remark: 'dates are not used as features' };
  if (profile.distinct === 1) return { role: 'ignored', remark: 'has the same value in every row' };
  if (profile.type !== 'text') return { role: 'feature', remark: null };
  const { facts } = profile;
  const written = facts.kind === 'texts' && (facts.meanWords >= 4 || facts.meanLength > 40);
  if (written) return { role: 'free-text', remark: 'free text' };
  return {
    role: 'ignored',
    remark: `${profile.distinct.toLocaleString('en')} different texts are too many for a feature`,
  };
}

function isSplit(name: string, { facts, type, distinct }: RawProfile): boolean {
  if (!isSplitName(name)) return false;
  if (facts.kind === 'numeric') return type === 'integer' && distinct <= 50 && /fold/i.test(name);
  return facts.sample.every((cell) => /^(?:train(?:ing)?|val(?:id(?:ation)?)?|dev|test(?:ing)?|holdout)$/i.test(cell));
}
