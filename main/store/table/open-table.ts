import { AppError } from '../../../shared/errors.ts';
import type { ColumnType, SubjectMode } from '../../../shared/model/dataset.ts';
import { type Cells, readCell, readColumn } from './cells.ts';
import { readSubjects } from './read-subjects.ts';
import type { SubjectGroups } from './subject-groups.ts';
import { blobFolder, openTableFile } from './table-file.ts';

/** What of a dataset version says where its table lies and who its persons are. */
export type TableRef = {
  blob: string;
  subjectColumn: string | null;
  subjectMode: SubjectMode;
  siteColumn: string | null;
};

export type Table = {
  rows: number;
  columns: { name: string; type: ColumnType }[];
  /** One column in memory; NaN and infinite numbers count as missing. COLUMN_NOT_FOUND when there is none of that name. */
  column(name: string): Cells;
  /** Number of the person behind each row, from 0 in order of first appearance; null when the dataset names no subject column. */
  subjects(): Int32Array | null;
  /** The id of a person as first written, `site/id` with a site column, `row 12` (counted from 1) with one row per person. */
  subjectLabel(subject: number): string;
  close(): void;
};

/** Opens the columnar form of a dataset version in a vault. */
export function openTable(vaultDir: string, version: TableRef): Table {
  const file = openTableFile(blobFolder(vaultDir, version.blob));
  let groups: SubjectGroups | null = null;
  const grouped = (): SubjectGroups => {
    groups ??= readSubjects(file, version.subjectColumn!, version.siteColumn, version.subjectMode === 'exact');
    return groups;
  };
  return {
    rows: file.index.rows,
    columns: file.index.columns.map(({ name, type }) => ({ name, type })),
    column: (name) => readColumn(file, file.column(name)),
    subjects() {
      if (version.subjectMode === 'none') return null;
      if (version.subjectMode === 'per-row') return Int32Array.from({ length: file.index.rows }, (_, row) => row);
      return grouped().subject;
    },
    subjectLabel(subject) {
      if (version.subjectMode === 'none' || version.subjectMode === 'per-row') return `row ${subject + 1}`;
      const row = grouped().firstRow[subject];
      if (row === undefined) throw new AppError('INTERNAL', `The dataset has no person number ${subject}.`);
      const id = readCell(file, file.column(version.subjectColumn!), row) ?? '';
      if (version.siteColumn === null) return id;
      return `${readCell(file, file.column(version.siteColumn), row) ?? ''}/${id}`;
    },
    close: () => file.close(),
  };
}
