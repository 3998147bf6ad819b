/** Rows grouped by person: `index[i]` is the person of row i, numbered from 0 to `count − 1` without gaps. */
export type Subjects = { index: Int32Array; count: number };

/** Renumbers subject numbers without gaps, in order of first appearance; without a subject column every row is a person. */
export function groupSubjects(subject: ArrayLike<number> | null, rows: number): Subjects {
  const index = new Int32Array(rows);
  if (subject === null) {
    for (let i = 0; i < rows; i++) index[i] = i;
    return { index, count: rows };
  }
  const seen = new Map<number, number>();
  for (let i = 0; i < rows; i++) {
    const id = subject[i]!;
    let number = seen.get(id);
    if (number === undefined) {
      number = seen.size;
      seen.set(id, number);
    }
    index[i] = number;
  }
  return { index, count: seen.size };
}
