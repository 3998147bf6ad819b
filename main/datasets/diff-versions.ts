import type { DatasetDiff } from '../../shared/model/dataset.ts';
import type { StoredVersion } from '../store/datasets.ts';
import { eachText } from '../store/table/cells.ts';
import type { StoredColumn } from '../store/table/layout.ts';
import { readSubjects } from '../store/table/read-subjects.ts';
import { hashRows } from '../store/table/row-hashes.ts';
import { blobFolder, openTableFile, type TableFile } from '../store/table/table-file.ts';
import { hashNumber } from '../store/table/text-hash.ts';

/**
 * What changed between two versions, in counts. Rows are matched by their subject's id and their number among the rows of that
 * id, or, without a subject column in both, by their content alone: then a changed row counts as removed and added.
 */
export function diffVersions(vaultDir: string, from: StoredVersion, to: StoredVersion): DatasetDiff {
  const a = openTableFile(blobFolder(vaultDir, from.blob));
  const b = openTableFile(blobFolder(vaultDir, to.blob));
  try {
    const pairs = sharedColumns(a, b);
    const keys = from.subjectColumn !== null && from.subjectColumn === to.subjectColumn ? from.subjectColumn : null;
    const matched = keys === null ? null : matchRows(rowKeys(a, keys), rowKeys(b, keys));
    return {
      from: { name: from.name, version: from.version },
      to: { name: to.name, version: to.version },
      rows: matched === null ? compareContents(a, b, pairs) : compareMatched(a, b, pairs, matched),
      subjects: compareSubjects(a, from, b, to),
      columns: {
        added: b.index.columns.filter(({ name }) => !has(a, name)).map(({ name }) => name),
        removed: a.index.columns.filter(({ name }) => !has(b, name)).map(({ name }) => name),
        changed: pairs
          .map(([before, after]) => ({ before, after, cells: changedCells(a, before, b, after, matched) }))
          .filter(
            ({ before, after, cells }) =>
              before.type !== after.type || (cells === null ? before.hash !== after.hash : cells > 0),
          )
          .map(({ before, after, cells }) => ({ name: before.name, cells, typeFrom: before.type, typeTo: after.type })),
      },
    };
  } finally {
    a.close();
    b.close();
  }
}

type Pair = [before: StoredColumn, after: StoredColumn];
/** Row numbers of rows that are the same record, in both tables, and how many have no partner. */
type Matched = { before: Int32Array; after: Int32Array; added: number; removed: number };

const has = (file: TableFile, name: string): boolean => file.index.columns.some((column) => column.name === name);

function sharedColumns(a: TableFile, b: TableFile): Pair[] {
  return a.index.columns.filter(({ name }) => has(b, name)).map((column): Pair => [column, b.column(column.name)]);
}

/** Per row a number for its subject id as written and its place among the rows of that id. */
function rowKeys(file: TableFile, subject: string): Float64Array {
  const places = new Map<number, number>();
  const keys = new Float64Array(file.index.rows);
  let row = 0;
  for (const id of eachText(file, file.column(subject))) {
    const hash = hashNumber(id ?? '');
    const place = places.get(hash) ?? 0;
    places.set(hash, place + 1);
    keys[row++] = place === 0 ? hash : hashNumber(`${place} ${id ?? ''}`);
  }
  return keys;
}

function matchRows(before: Float64Array, after: Float64Array): Matched {
  const rowOf = new Map(Array.from(before, (key, row) => [key, row]));
  const pairs: [number, number][] = [];
  for (let row = 0; row < after.length; row++) {
    const partner = rowOf.get(after[row]!);
    if (partner !== undefined) pairs.push([partner, row]);
  }
  return {
    before: Int32Array.from(pairs, ([row]) => row),
    after: Int32Array.from(pairs, ([, row]) => row),
    added: after.length - pairs.length,
    removed: before.length - pairs.length,
  };
}

function compareMatched(a: TableFile, b: TableFile, pairs: Pair[], matched: Matched): DatasetDiff['rows'] {
  const before = hashRows(
    a,
    pairs.map(([column]) => column),
  );
  const after = hashRows(
    b,
    pairs.map(([, column]) => column),
  );
  let changed = 0;
  for (let i = 0; i < matched.before.length; i++)
    if (before[matched.before[i]!] !== after[matched.after[i]!]) changed += 1;
  return { added: matched.added, removed: matched.removed, changed, unchanged: matched.before.length - changed };
}

function compareContents(a: TableFile, b: TableFile, pairs: Pair[]): DatasetDiff['rows'] {
  const counts = new Map<number, number>();
  for (const hash of hashRows(
    a,
    pairs.map(([column]) => column),
  ))
    counts.set(hash, (counts.get(hash) ?? 0) + 1);
  let unchanged = 0;
  for (const hash of hashRows(
    b,
    pairs.map(([, column]) => column),
  )) {
    const left = counts.get(hash) ?? 0;
    if (left === 0) continue;
    counts.set(hash, left - 1);
    unchanged += 1;
  }
  return { added: b.index.rows - unchanged, removed: a.index.rows - unchanged, changed: null, unchanged };
}

/** Differing cells of matched rows; null when rows cannot be matched. */
function changedCells(
  a: TableFile,
  before: StoredColumn,
  b: TableFile,
  after: StoredColumn,
  matched: Matched | null,
): number | null {
  if (matched === null) return null;
  const x = hashRows(a, [before]);
  const y = hashRows(b, [after]);
  let cells = 0;
  for (let i = 0; i < matched.before.length; i++) if (x[matched.before[i]!] !== y[matched.after[i]!]) cells += 1;
  return cells;
}

function compareSubjects(a: TableFile, from: StoredVersion, b: TableFile, to: StoredVersion): DatasetDiff['subjects'] {
  if (from.subjectColumn === null || to.subjectColumn === null) return null;
  const before = personIds(a, from);
  const after = personIds(b, to);
  let kept = 0;
  for (const id of after) if (before.has(id)) kept += 1;
  return { added: after.size - kept, removed: before.size - kept, kept };
}

/** One id per person: the first one written, by its hash. */
function personIds(file: TableFile, version: StoredVersion): Set<number> {
  const groups = readSubjects(file, version.subjectColumn!, version.siteColumn, version.subjectMode === 'exact');
  const first = new Set(groups.firstRow);
  const ids = new Set<number>();
  const sites = version.siteColumn === null ? null : eachText(file, file.column(version.siteColumn));
  let row = 0;
  for (const id of eachText(file, file.column(version.subjectColumn!))) {
    const site = sites?.next().value ?? '';
    if (first.has(row)) ids.add(hashNumber(`${site}/${id ?? ''}`));
    row += 1;
  }
  return ids;
}
