import { groupSubjects } from '../../shared/statistics/subjects.ts';
import type { HeldOutRun } from './held-out.ts';

/** Rows that two runs both predicted. `at` gives their positions in either run's (sorted) predictions. */
export type Alignment = {
  /** Equal for equal sets of rows and persons: what is computed on one can be used again on the other. */
  key: string;
  atA: Uint32Array;
  atB: Uint32Array;
  truth: Float64Array;
  subject: Int32Array | null;
};

/**
 * Aligns two comparable runs by dataset row; null when they share none, `disagree` when they differ in what is true of a
 * shared row. Persons are those of the run that tells fewer apart, which is the cautious side.
 */
export function alignRuns(a: HeldOutRun, b: HeldOutRun): Alignment | 'disagree' | null {
  const left = a.heldOut!;
  const right = b.heldOut!;
  const atA: number[] = [];
  const atB: number[] = [];
  for (let i = 0, j = 0; i < left.rows && j < right.rows; ) {
    const difference = left.row[i]! - right.row[j]!;
    if (difference === 0) {
      if (left.truth[i] !== right.truth[j]) return 'disagree';
      atA.push(i);
      atB.push(j);
    }
    if (difference <= 0) i++;
    if (difference >= 0) j++;
  }
  if (atA.length === 0) return null;
  const subjectA = personsAt(left.subject, atA);
  const subjectB = personsAt(right.subject, atB);
  const subject = fewerPersons(subjectA, subjectB);
  const source = subject === subjectA ? a : b;
  const positions = Uint32Array.from(atA);
  return {
    key: `${source.run.dataset!.name}@${source.run.dataset!.version}:${rowsKey(left.row, positions)}`,
    atA: positions,
    atB: Uint32Array.from(atB),
    truth: Float64Array.from(atA, (i) => left.truth[i]!),
    subject,
  };
}

function personsAt(subject: Int32Array | null, at: number[]): Int32Array | null {
  return subject === null ? null : Int32Array.from(at, (i) => subject[i]!);
}

function fewerPersons(a: Int32Array | null, b: Int32Array | null): Int32Array | null {
  if (a === null || b === null) return a ?? b;
  return groupSubjects(b, b.length).count < groupSubjects(a, a.length).count ? b : a;
}

/** The number of rows and a 64-bit hash over them (two of FNV-1a kind): enough to tell at most 1,225 sets apart. */
function rowsKey(row: Int32Array, at: Uint32Array): string {
  let low = 0x811c9dc5;
  let high = 0x01000193;
  for (const i of at) {
    low = Math.imul(low ^ row[i]!, 0x01000193);
    high = Math.imul(high ^ (row[i]! * 31 + 7), 0x01000193);
  }
  return `${at.length}:${low >>> 0}:${high >>> 0}`;
}
