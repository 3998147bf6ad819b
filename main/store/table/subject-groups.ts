import { createIdNodes } from './id-nodes.ts';

/**
 * Which rows belong to one person. Ids that look like one person's are grouped: the same but for case, for leading zeros,
 * or for one letter at the end (`P003a`, `P003b`). A letter is taken off only when the id without it occurs as well, or when
 * at least two ids differ in nothing but that letter: `12345678Z` alone keeps its letter.
 */
export type SubjectGroups = {
  /** Per row: number of the person, from 0 in order of first appearance. */
  subject: Int32Array;
  /** Persons. */
  count: number;
  /** Distinct ids as written (per site). */
  ids: number;
  /** Persons with more than one id as written, and the ids they have together. */
  grouped: { persons: number; ids: number };
  /** Per person: the row where it first appears. */
  firstRow: Int32Array;
};

/** Rows in order. `site` is any number that tells the sites apart: number 7 of one hospital is not number 7 of another. */
export type IdRow = { id: string; site: number };

/** The id without what typing changes: compatibility forms, case, leading zeros of every run of digits. */
export function plainId(id: string): string {
  const folded = id.normalize('NFKC').trim().toLowerCase();
  return folded.replace(/(?<!\d)0+(?=\d)/g, '');
}

/** The id before one letter that follows a digit, with or without a separator; null when it has no such end. */
export function beforeSuffix(plain: string): string | null {
  return /^(.*\d)[ _.-]?[a-z]$/s.exec(plain)?.[1] ?? null;
}

export function groupSubjects(rows: Iterable<IdRow>, rowCount: number, exact: boolean): SubjectGroups {
  const written = createIdNodes();
  const plain = createIdNodes();
  const subject = new Int32Array(rowCount);
  // Per id as written: its plain form. Per plain form: whether it occurs, and the form without the letter at its end.
  const plainOf: number[] = [];
  const occurs: boolean[] = [];
  const base: number[] = [];
  let row = 0;
  for (const { id, site } of rows) {
    const node = written.number(site, id);
    subject[row++] = node;
    if (node < plainOf.length) continue;
    const key = exact ? id : plainId(id);
    const form = plain.number(site, key);
    plainOf.push(form);
    if (occurs[form] === true) continue;
    occurs[form] = true;
    const before = exact ? null : beforeSuffix(key);
    base[form] = before === null ? -1 : plain.number(site, before);
  }
  const personOf = choosePersons(plainOf, occurs, base, plain.size());
  return numberPersons(subject, personOf);
}

/** Per id as written: the plain form that stands for its person. */
function choosePersons(plainOf: number[], occurs: boolean[], base: number[], forms: number): Int32Array {
  const suffixes = new Int32Array(forms);
  for (let form = 0; form < forms; form++) {
    const before = base[form] ?? -1;
    if (before >= 0) suffixes[before]! += 1;
  }
  return Int32Array.from(plainOf, (form) => {
    const before = base[form]!;
    return before >= 0 && (occurs[before] === true || suffixes[before]! >= 2) ? before : form;
  });
}

/** Turns ids into persons numbered by first appearance, in place. */
function numberPersons(subject: Int32Array, personOf: Int32Array): SubjectGroups {
  const number = new Map<number, number>();
  const firstRow: number[] = [];
  const idsOf: number[] = [];
  const numberOfId = new Int32Array(personOf.length).fill(-1);
  for (let row = 0; row < subject.length; row++) {
    const id = subject[row]!;
    if (numberOfId[id] === -1) {
      let person = number.get(personOf[id]!);
      if (person === undefined) {
        person = firstRow.length;
        number.set(personOf[id]!, person);
        firstRow.push(row);
        idsOf.push(0);
      }
      numberOfId[id] = person;
      idsOf[person]! += 1;
    }
    subject[row] = numberOfId[id]!;
  }
  const several = idsOf.filter((ids) => ids > 1);
  return {
    subject,
    count: firstRow.length,
    ids: personOf.length,
    grouped: { persons: several.length, ids: several.reduce((sum, ids) => sum + ids, 0) },
    firstRow: Int32Array.from(firstRow),
  };
}
