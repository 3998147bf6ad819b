import { basename, join } from 'node:path';
import { AppError } from '../../shared/errors.ts';
import type { ColumnProfile, SubjectMode } from '../../shared/model/dataset.ts';
import type { StoredVersion } from '../store/datasets.ts';
import { originalFile, type StoredColumn } from '../store/table/layout.ts';
import { readSubjects } from '../store/table/read-subjects.ts';
import { countDuplicates, hashRows } from '../store/table/row-hashes.ts';
import { openTableFile, type TableFile } from '../store/table/table-file.ts';
import { createTableWriter } from '../store/table/write-table.ts';
import { buildColumns } from './build-columns.ts';
import type { Encoding } from './encoding.ts';
import { readHeader } from './header.ts';
import type { ProgressMeter } from './import-progress.ts';
import { profileColumn } from './profile-column.ts';
import type { RawProfile } from './raw-profile.ts';
import { fileSize, type Pause, receiveFile } from './receive-file.ts';
import { refuseNonFinite } from './refuse-non-finite.ts';
import { suggestRoles } from './roles.ts';
import { sniffFile } from './sniff.ts';
import type { SubjectChoice } from './subject-choice.ts';
import { warningsOf } from './warnings.ts';

export type MadeTable = Omit<StoredVersion, 'version' | 'name' | 'sourceName' | 'createdAt'>;

/** Longer tables are not searched for repeated rows: the search holds 20 bytes a row in memory. */
const MOST_ROWS_TO_COMPARE = 5_000_000;

/** Of a labels table: the column that names the files, and the encoding of the file that the person had. */
export type LabelsOf = { imageColumn: string; encoding: Encoding | undefined };

/** Makes a dataset's files in `folder` from a CSV or TSV file, and everything that its version records about it. */
export async function makeTable(
  path: string,
  folder: string,
  subject: SubjectChoice,
  pause: Pause,
  progress: ProgressMeter,
  labels: LabelsOf | null = null,
): Promise<MadeTable> {
  const copy = join(folder, originalFile);
  const size = fileSize(path);
  const received = await receiveFile(path, copy, pause, (done) => progress.step('receive', done / size, 0));
  const form = sniffFile(copy, received.encoding);
  const names = readHeader(form.sample[0], basename(path));
  const subjectColumn = subject.kind === 'column' ? subjectName(subject.column, names) : null;
  const writer = createTableWriter(folder);
  try {
    const built = await buildColumns(copy, form, names, writer, pause, (done, rows) => {
      progress.step('parse', done / received.bytes, rows);
    });
    if (built.rows === 0) {
      throw new AppError(
        'TABLE_NO_ROWS',
        `"${basename(path)}" has column names but no rows. Nothing was imported.`,
        'Export the table again.',
      );
    }
    const profiles = await profileAll(folder, built.rows, built.columns, pause, progress);
    refuseNonFinite(names, profiles);
    const imageAt = labels === null ? -1 : names.indexOf(labels.imageColumn);
    if (imageAt >= 0) profiles[imageAt] = { ...profiles[imageAt]!, type: 'image', distribution: { kind: 'none' } };
    const table = writer.finish(
      built.rows,
      built.columns.map((column, at) => ({ ...column, type: profiles[at]!.type })),
    );
    const mode: SubjectMode = subject.kind === 'column' ? (subject.exact ? 'exact' : 'grouped') : subject.kind;
    const described = describe(openTableFile(folder, table), table.columns, profiles, {
      mode,
      subjectColumn,
      encoding: labels?.encoding ?? received.encoding,
    });
    return {
      ...described,
      kind: 'table',
      images: null,
      skipped: [],
      hash: table.hash,
      blob: received.sha256,
      rows: table.rows,
      format: { delimiter: form.delimiter, encoding: form.encoding, decimal: form.decimal, bytes: received.bytes },
    };
  } finally {
    writer.close();
  }
}

function subjectName(asked: string, names: string[]): string {
  const wanted = asked.trim().normalize('NFC');
  if (names.includes(wanted)) return wanted;
  throw new AppError(
    'COLUMN_NOT_FOUND',
    `The table has no column "${asked}" to take as subject. Nothing was imported.`,
    `Its columns are: ${names.slice(0, 20).join(', ')}${names.length > 20 ? ', …' : ''}.`,
  );
}

async function profileAll(
  folder: string,
  rows: number,
  columns: Omit<StoredColumn, 'type'>[],
  pause: Pause,
  progress: ProgressMeter,
): Promise<RawProfile[]> {
  const file = openTableFile(folder, { layout: 1, rows, columns: [], hash: '' });
  try {
    const profiles: RawProfile[] = [];
    for (const column of columns) {
      profiles.push(profileColumn(file, column, rows));
      progress.step('profile', profiles.length / columns.length, rows);
      await pause();
    }
    return profiles;
  } finally {
    file.close();
  }
}

function describe(
  file: TableFile,
  stored: StoredColumn[],
  profiles: RawProfile[],
  declared: { mode: SubjectMode; subjectColumn: string | null; encoding: Encoding },
) {
  try {
    const { rows } = file.index;
    const named = stored.map(({ name }, at) => ({ name, profile: profiles[at]! }));
    const { roles, outcomes } = suggestRoles(named, rows, declared.subjectColumn);
    const columns = named.map(({ name, profile }, at) => describeColumn(name, profile, roles[at]!));
    const siteColumn = columns.find(({ role }) => role === 'site')?.name ?? null;
    const groups =
      declared.subjectColumn === null
        ? null
        : readSubjects(file, declared.subjectColumn, siteColumn, declared.mode === 'exact');
    return {
      subjects: declared.mode === 'per-row' ? rows : (groups?.count ?? null),
      subjectColumn: declared.subjectColumn,
      subjectMode: declared.mode,
      siteColumn,
      columns,
      warnings: warningsOf({
        rows,
        encoding: declared.encoding,
        columns,
        outcomes,
        subjectMode: declared.mode,
        groups,
        duplicates: rows > MOST_ROWS_TO_COMPARE ? null : countDuplicates(hashRows(file, stored)),
      }),
    };
  } finally {
    file.close();
  }
}

function describeColumn(
  name: string,
  profile: RawProfile,
  { role, remark }: ReturnType<typeof suggestRoles>['roles'][number],
): ColumnProfile {
  const { type, missing, distinct, distribution } = profile;
  // What names a file is there to be looked at by a model, whatever its cells look like.
  if (type === 'image') return { name, type, role: 'feature', missing, distinct, distribution, remark: null };
  const hidden = role === 'identifier' || role === 'free-text' || role === 'subject';
  return {
    name,
    type,
    role,
    missing,
    distinct,
    distribution: hidden ? { kind: 'none' } : distribution,
    remark,
  };
}
