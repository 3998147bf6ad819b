import { AppError } from '../../shared/errors.ts';
import type {
  ColumnProfile,
  DatasetSummary,
  DatasetVersion,
  DatasetWarning,
  ImageSummary,
  SkippedFile,
  SubjectMode,
} from '../../shared/model/dataset.ts';
import { recordChange } from './change.ts';
import { type ReadableDb, transaction, type WritableDb } from './open.ts';

type Row = {
  id: number;
  name: string;
  version: number;
  hash: string;
  rows: number;
  subjects: number | null;
  subject_column: string | null;
  subject_mode: SubjectMode;
  site_column: string | null;
  blob: string;
  bytes: number;
  source_name: string;
  format: string;
  columns: string;
  warnings: string;
  created_at: number;
  kind: 'table' | 'images';
  images: string | null;
  skipped: string | null;
};

export type StoredVersion = DatasetVersion & { blob: string };

const select = 'SELECT v.*, d.name FROM dataset_version v JOIN dataset d ON d.id = v.dataset_id';

/** A version of a dataset, the newest when `version` is null. Names are found whatever their case. DATASET_NOT_FOUND. */
export function findVersion(db: ReadableDb, name: string, version: number | null): StoredVersion {
  const row = (
    version === null
      ? db.prepare(`${select} WHERE d.name = ? ORDER BY v.version DESC LIMIT 1`).get(name)
      : db.prepare(`${select} WHERE d.name = ? AND v.version = ?`).get(name, version)
  ) as Row | undefined;
  if (row !== undefined) return fromRow(row);
  throw new AppError(
    'DATASET_NOT_FOUND',
    version === null ? `There is no dataset "${name}".` : `There is no version ${version} of a dataset "${name}".`,
    'List what there is with `wardbook dataset list`.',
  );
}

/** Every dataset with its versions, newest dataset first, and how many runs used it (without those in the bin). */
export function listDatasets(db: ReadableDb): DatasetSummary[] {
  const rows = db
    .prepare(
      `SELECT d.id, d.name, v.version, v.hash, v.rows, v.subjects, json_array_length(v.columns) AS columns,
         v.created_at AS createdAt, v.kind,
         (SELECT count(*) FROM run r WHERE r.dataset_version_id = v.id AND r.binned_at IS NULL) AS runs
       FROM dataset d JOIN dataset_version v ON v.dataset_id = d.id
       ORDER BY d.created_at DESC, d.id DESC, v.version`,
    )
    .all() as (DatasetSummary['versions'][number] & { id: number; name: string; runs: number })[];
  const summaries = new Map<number, DatasetSummary>();
  for (const { id, name, runs, ...version } of rows) {
    const summary = summaries.get(id) ?? { name, versions: [], runs: 0 };
    summaries.set(id, summary);
    summary.versions.push(version);
    summary.runs += runs;
  }
  return [...summaries.values()];
}

/** Ids of the runs that used a version (or any, when null), newest first. */
export function runsOfDataset(db: ReadableDb, name: string, version: number | null): string[] {
  const rows = db
    .prepare(
      `SELECT r.uid FROM run r JOIN dataset_version v ON v.id = r.dataset_version_id JOIN dataset d ON d.id = v.dataset_id
       WHERE d.name = ? AND (? IS NULL OR v.version = ?) AND r.binned_at IS NULL ORDER BY r.created_at DESC`,
    )
    .all(name, version, version) as { uid: string }[];
  return rows.map(({ uid }) => uid);
}

export type Declarations = { subjectColumn: string | null; subjectMode: SubjectMode; siteColumn: string | null };

/** The version of a dataset with the same content and the same declarations; null when there is none. */
export function findSame(db: ReadableDb, name: string, hash: string, declared: Declarations): StoredVersion | null {
  const row = db
    .prepare(
      `${select} WHERE d.name = ? AND v.hash = ? AND v.subject_mode = ? AND v.subject_column IS ? AND v.site_column IS ?
       ORDER BY v.version DESC LIMIT 1`,
    )
    .get(name, hash, declared.subjectMode, declared.subjectColumn, declared.siteColumn) as Row | undefined;
  return row === undefined ? null : fromRow(row);
}

/** Adds the next version of a dataset, and the dataset when it is new; call it inside a transaction. */
export function addVersion(db: WritableDb, version: Omit<StoredVersion, 'version'>): StoredVersion {
  db.prepare('INSERT INTO dataset (name, created_at) VALUES (?, ?) ON CONFLICT (name) DO NOTHING').run(
    version.name,
    version.createdAt,
  );
  const { id } = db.prepare('SELECT id FROM dataset WHERE name = ?').get(version.name) as { id: number };
  const { next } = db
    .prepare('SELECT coalesce(max(version), 0) + 1 AS next FROM dataset_version WHERE dataset_id = ?')
    .get(id) as { next: number };
  const { bytes, ...format } = version.format;
  db.prepare(
    `INSERT INTO dataset_version (dataset_id, version, kind, hash, rows, subjects, subject_column, subject_mode, site_column,
       blob, bytes, source_name, format, columns, warnings, created_at, images, skipped)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    id,
    next,
    version.kind,
    version.hash,
    version.rows,
    version.subjects,
    version.subjectColumn,
    version.subjectMode,
    version.siteColumn,
    version.blob,
    bytes,
    version.sourceName,
    JSON.stringify(format),
    JSON.stringify(version.columns),
    JSON.stringify(version.warnings),
    version.createdAt,
    version.images === null ? null : JSON.stringify(version.images),
    version.skipped.length === 0 ? null : JSON.stringify(version.skipped),
  );
  recordChange(db, 'dataset', null);
  return findVersion(db, version.name, next);
}

/** What a person may change about a version: roles, and what follows from the site column. */
export type Redeclared = Pick<DatasetVersion, 'columns' | 'warnings' | 'siteColumn' | 'subjects'>;

export function redeclareVersion(db: WritableDb, name: string, version: number, change: Redeclared): void {
  transaction(db, () => {
    const { changes } = db
      .prepare(
        `UPDATE dataset_version SET columns = ?, warnings = ?, site_column = ?, subjects = ?
         WHERE version = ? AND dataset_id = (SELECT id FROM dataset WHERE name = ?)`,
      )
      .run(
        JSON.stringify(change.columns),
        JSON.stringify(change.warnings),
        change.siteColumn,
        change.subjects,
        version,
        name,
      );
    if (changes !== 1)
      throw new AppError('DATASET_NOT_FOUND', `There is no version ${version} of a dataset "${name}".`);
    recordChange(db, 'dataset', null);
  });
}

function fromRow(row: Row): StoredVersion {
  return {
    name: row.name,
    version: row.version,
    kind: row.kind,
    hash: row.hash,
    rows: row.rows,
    subjects: row.subjects,
    subjectColumn: row.subject_column,
    subjectMode: row.subject_mode,
    siteColumn: row.site_column,
    columns: JSON.parse(row.columns) as ColumnProfile[],
    warnings: JSON.parse(row.warnings) as DatasetWarning[],
    format: { ...(JSON.parse(row.format) as Omit<DatasetVersion['format'], 'bytes'>), bytes: row.bytes },
    sourceName: row.source_name,
    createdAt: row.created_at,
    images: row.images === null ? null : (JSON.parse(row.images) as ImageSummary),
    skipped: row.skipped === null ? [] : (JSON.parse(row.skipped) as SkippedFile[]),
    blob: row.blob,
  };
}
