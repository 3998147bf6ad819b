import type { SubjectMode } from '../../../shared/model/dataset.ts';
import { groupSubjects } from '../../store/table/subject-groups.ts';

/** Persons of one dataset: what names each, and which of them count. */
export type Persons = { mode: SubjectMode; label(person: number): string; persons: number[] };

/**
 * Which persons of `now` are among those of `seen`, ids compared as within one dataset (case, leading zeros, a letter at the
 * end). null when a dataset does not name its persons, so that nobody can say.
 */
export function seenSubjects(seen: Persons, now: Persons): Set<number> | null {
  const named = (mode: SubjectMode): boolean => mode === 'grouped' || mode === 'exact';
  if (!named(seen.mode) || !named(now.mode)) return null;
  const ids = [...seen.persons.map(seen.label), ...now.persons.map(now.label)].map((id) => ({ id, site: 0 }));
  const exact = seen.mode === 'exact' && now.mode === 'exact';
  const { subject } = groupSubjects(ids, ids.length, exact);
  const known = new Set(subject.subarray(0, seen.persons.length));
  return new Set(now.persons.filter((_, i) => known.has(subject[seen.persons.length + i]!)));
}
