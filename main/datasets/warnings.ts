import type { ColumnProfile, DatasetWarning, SubjectMode } from '../../shared/model/dataset.ts';
import type { SubjectGroups } from '../store/table/subject-groups.ts';
import type { Encoding } from './encoding.ts';
import type { OutcomeKind } from './outcomes.ts';

export type WarningFacts = {
  rows: number;
  encoding: Encoding;
  columns: ColumnProfile[];
  outcomes: { name: string; kind: OutcomeKind }[];
  subjectMode: SubjectMode;
  groups: SubjectGroups | null;
  /** Rows that repeat an earlier one; null when the table is too long to look. */
  duplicates: number | null;
};

/** Everything about a table that a person should know before training on it; counts and column names, never cells. */
export function warningsOf(facts: WarningFacts): DatasetWarning[] {
  const found: (DatasetWarning | null)[] = [
    subjectWarning(facts),
    identifierWarning(facts.columns),
    named(
      'FREE_TEXT_COLUMN',
      facts.columns.filter(({ role }) => role === 'free-text'),
      'Free text, never used as a feature and never in a report',
    ),
    outcomeWarning(facts.outcomes),
    named(
      'MOSTLY_MISSING',
      facts.columns.filter(({ missing }) => missing * 2 > facts.rows),
      'More than half of the cells are missing',
    ),
    named(
      'CONSTANT_COLUMN',
      facts.columns.filter(({ distinct }) => distinct === 1),
      'The same value in every row that has one',
    ),
    facts.duplicates === null || facts.duplicates === 0
      ? null
      : {
          code: 'DUPLICATE_ROWS',
          message: `${count(facts.duplicates, 'row')} ${facts.duplicates === 1 ? 'repeats' : 'repeat'} an earlier row in every column.`,
        },
    facts.encoding === 'windows-1252'
      ? {
          code: 'LATIN1_ASSUMED',
          message: 'The file is not UTF-8; it was read as Latin-1 (windows-1252). Check names with accents.',
        }
      : null,
  ];
  return found.filter((warning) => warning !== null);
}

function subjectWarning({ subjectMode, groups, rows }: WarningFacts): DatasetWarning | null {
  if (subjectMode === 'none') {
    return {
      code: 'NO_SUBJECT_COLUMN',
      message:
        'No subject column: nobody can tell which rows belong to one person. Intervals assume one row per subject, and reports treat the number of patients as unknown.',
    };
  }
  if (subjectMode === 'per-row') {
    return {
      code: 'SUBJECT_PER_ROW',
      message: `Declared: each of the ${rows.toLocaleString('en')} rows is another person. This is in the audit log.`,
    };
  }
  return groups === null ? null : groupedWarning(groups);
}

/** Says how many ids look like fewer persons; null when every person has one id. */
export function groupedWarning(groups: SubjectGroups): DatasetWarning | null {
  if (groups.grouped.persons === 0) return null;
  const { persons, ids } = groups.grouped;
  return {
    code: 'SUBJECT_IDS_GROUPED',
    message: `${count(groups.ids, 'id')} look like ${count(groups.count, 'person')}: ${count(persons, 'person')} ${persons === 1 ? 'owns' : 'own'} ${count(ids, 'id')} that differ only in case, leading zeros or a letter at the end. They are kept together in splits and counts; import with exact ids if they are different persons.`,
  };
}

function identifierWarning(columns: ColumnProfile[]): DatasetWarning | null {
  const identifiers = columns.filter(({ role }) => role === 'identifier');
  if (identifiers.length === 0) return null;
  const each = identifiers.slice(0, MOST_NAMES).map(({ name, remark }) => `${name} ${remark}`);
  return {
    code: 'IDENTIFIER_COLUMN',
    message: `Never offered as features: ${each.join('; ')}${more(identifiers.length)}.`,
  };
}

function outcomeWarning(outcomes: { name: string; kind: OutcomeKind }[]): DatasetWarning | null {
  const main = outcomes.find(({ kind }) => kind === 'event' || kind === 'target');
  const others = outcomes.filter((one) => one !== main);
  if (main === undefined || others.length === 0) return null;
  return {
    code: 'OUTCOME_COLUMNS',
    message: `${list(others.map(({ name }) => name))} ${others.length === 1 ? 'looks' : 'look'} like an outcome beside ${main.name}: as a feature it would give the answer away.`,
  };
}

function named(code: DatasetWarning['code'], columns: ColumnProfile[], what: string): DatasetWarning | null {
  return columns.length === 0 ? null : { code, message: `${what}: ${list(columns.map(({ name }) => name))}.` };
}

const MOST_NAMES = 10;
const more = (length: number): string => (length > MOST_NAMES ? ` and ${length - MOST_NAMES} more` : '');
const list = (names: string[]): string => names.slice(0, MOST_NAMES).join(', ') + more(names.length);
const count = (n: number, noun: string): string => `${n.toLocaleString('en')} ${noun}${n === 1 ? '' : 's'}`;
