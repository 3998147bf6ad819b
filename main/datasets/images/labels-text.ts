import Papa from 'papaparse';
import type { DicomFacts } from '../../store/images/decode/decoded.ts';
import { dicomCells, dicomColumns } from './dicom-columns.ts';
import type { Labelled } from './labelled.ts';

export type LabelledRow = { file: string; cells: string[]; dicom: DicomFacts | null };

/**
 * The labels of the images that were read, as a table of its own: the column that names the file in its place, parted as the
 * labels table was; without one, also what DICOM files say of themselves.
 */
export function labelsText({ from, columns, imageColumn, table }: Labelled, rows: LabelledRow[]): string {
  const extra = from === 'table' || rows.every(({ dicom }) => dicom === null) ? [] : filledColumns(rows);
  const line = (file: string, cells: string[]): string[] => cells.toSpliced(imageColumn.at, 0, file);
  const data = [
    line(imageColumn.name, [...columns, ...extra.map(({ name }) => name)]),
    ...rows.map(({ file, cells, dicom }) => {
      const read = dicomCells(dicom);
      return line(file, [...cells, ...extra.map(({ at }) => read[at]!)]);
    }),
  ];
  return `${Papa.unparse(data, { delimiter: table?.delimiter ?? ',', newline: '\n' })}\n`;
}

/** The patient's id and the modality always, others where some file states them. */
function filledColumns(rows: LabelledRow[]): { name: string; at: number }[] {
  const cells = rows.map(({ dicom }) => dicomCells(dicom));
  return dicomColumns
    .map((name, at) => ({ name, at }))
    .filter(({ at }) => at < 2 || cells.some((row) => row[at] !== ''));
}
