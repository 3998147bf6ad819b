import { AppError } from '../../../shared/errors.ts';
import { eachText } from './cells.ts';
import type { StoredColumn } from './layout.ts';
import { groupSubjects, type IdRow, type SubjectGroups } from './subject-groups.ts';
import type { TableFile } from './table-file.ts';

/** Groups the rows of a stored table by person. SUBJECT_MISSING, with the count, when rows have no id. */
export function readSubjects(file: TableFile, subject: string, site: string | null, exact: boolean): SubjectGroups {
  const ids = file.column(subject);
  const missing = countMissing(file, ids);
  if (missing > 0) {
    const rows = missing === 1 ? '1 row has' : `${missing} rows have`;
    throw new AppError(
      'SUBJECT_MISSING',
      `${rows} no value in the subject column "${subject}", so nobody can say whose they are.`,
      'Fill in or remove these rows, choose another subject column, or import without one.',
    );
  }
  return groupSubjects(idRows(file, ids, site === null ? null : file.column(site)), file.index.rows, exact);
}

function* idRows(file: TableFile, ids: StoredColumn, site: StoredColumn | null): Generator<IdRow> {
  const sites = site === null ? null : siteNumbers(file, site);
  const out: IdRow = { id: '', site: 0 };
  let row = 0;
  for (const cell of eachText(file, ids)) {
    out.id = cell ?? '';
    out.site = sites === null ? 0 : sites[row]!;
    row += 1;
    yield out;
  }
}

function siteNumbers(file: TableFile, site: StoredColumn): Int32Array {
  const numbers = new Map<string, number>();
  const out = new Int32Array(file.index.rows);
  let row = 0;
  for (const cell of eachText(file, site)) {
    const name = (cell ?? '').toLowerCase();
    let number = numbers.get(name);
    if (number === undefined) {
      number = numbers.size + 1;
      numbers.set(name, number);
    }
    out[row++] = number;
  }
  return out;
}

function countMissing(file: TableFile, column: StoredColumn): number {
  let count = 0;
  for (const cell of eachText(file, column)) if (cell === null) count += 1;
  return count;
}
