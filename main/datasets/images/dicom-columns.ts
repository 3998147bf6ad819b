import type { DicomFacts } from '../../store/images/decode/decoded.ts';

/** Columns that a folder of DICOM files without a labels table gets from the files themselves. */
const read: { name: string; of(facts: DicomFacts): string | null }[] = [
  { name: 'patient_id', of: ({ patientId }) => patientId },
  { name: 'modality', of: ({ modality }) => modality },
  { name: 'sex', of: ({ sex }) => sex },
  { name: 'age', of: ({ age }) => years(age) },
  { name: 'body_part', of: ({ bodyPart }) => bodyPart },
  { name: 'view', of: ({ view }) => view },
  { name: 'laterality', of: ({ laterality }) => laterality },
];

export const dicomColumns = read.map(({ name }) => name);
export const dicomCells = (facts: DicomFacts | null): string[] =>
  read.map(({ of }) => (facts === null ? '' : (of(facts) ?? '')));

/** DICOM's age string in years: `063Y`, `018M`, `006W`, `011D`. */
function years(age: string | null): string | null {
  const match = /^(\d{1,3})([YMWD])$/.exec(age ?? '');
  if (match === null) return null;
  const each = { Y: 1, M: 12, W: 52.18, D: 365.25 }[match[2] as 'Y' | 'M' | 'W' | 'D'];
  return String(Math.round((Number(match[1]) / each) * 100) / 100);
}
