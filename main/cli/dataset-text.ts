import type { ImageDuplicates } from '../../shared/contract/datasets.ts';
import type {
  DatasetDiff,
  DatasetSummary,
  DatasetVersion,
  ImageSummary,
  SkippedFile,
} from '../../shared/model/dataset.ts';

/** A dataset version as `--json` prints it (CLI contract): distributions stay in the app. */
export function versionJson(version: DatasetVersion) {
  return {
    name: version.name,
    version: version.version,
    hash: version.hash,
    rows: version.rows,
    subjects: version.subjects,
    subjectColumn: version.subjectColumn,
    subjectMode: version.subjectMode,
    siteColumn: version.siteColumn,
    columns: version.columns.map(({ name, type, role, missing, distinct, remark }) => ({
      name,
      type,
      role,
      missing,
      distinct,
      remark,
    })),
    warnings: version.warnings,
    kind: version.kind,
    images: version.images,
    skipped: version.skipped,
    format: version.format,
    createdAt: new Date(version.createdAt).toISOString(),
  };
}

export function versionText(version: DatasetVersion): string {
  const subjects = version.subjects === null ? 'subjects unknown' : `${number(version.subjects)} subjects`;
  const lines = [
    `${version.name}@v${version.version}  ${number(version.rows)} rows, ${subjects}, ${number(version.columns.length)} columns  ${version.hash.slice(0, 12)}`,
    '',
    ...table([
      ['column', 'type', 'role', 'missing', 'distinct', ''],
      ...version.columns.map(({ name, type, role, missing, distinct, remark }) => [
        name,
        type,
        role,
        number(missing),
        number(distinct),
        remark ?? '',
      ]),
    ]),
    ...(version.images === null ? [] : ['', ...imagesText(version.images)]),
    ...version.warnings.map(({ code, message }) => `warning: ${code}: ${message}`),
    ...skippedText(version.skipped),
  ];
  return lines.join('\n');
}

function imagesText({ bytes, formats, colour, width, height, bits }: ImageSummary): string[] {
  const count = formats.reduce((sum, one) => sum + one.count, 0);
  const kinds = formats.map((one) => `${number(one.count)} ${one.format.toUpperCase()}`).join(', ');
  const span = ({ min, max }: { min: number; max: number }): string => (min === max ? `${min}` : `${min}–${max}`);
  return [
    `images    ${number(count)} (${kinds}), ${(bytes / 1e6).toFixed(1)} MB`,
    `pixels    ${span(width)} × ${span(height)}, ${span(bits)} bits, ${number(colour)} in colour`,
  ];
}

/** What was left out, file by file. */
export function skippedText(skipped: SkippedFile[]): string[] {
  if (skipped.length === 0) return [];
  return ['', ...table([['left out', '', ''], ...skipped.map(({ path, code, reason }) => [path, code, reason])])];
}

export function duplicatesText({ pairs, more }: ImageDuplicates): string {
  if (pairs.length === 0) return 'No two images look the same.';
  const whose = (same: boolean | null): string => (same === null ? '' : same ? 'one person' : 'two persons');
  const rows = pairs.map(({ a, b, similarity, samePerson }) => [a, b, similarity.toFixed(4), whose(samePerson)]);
  return [
    `${number(pairs.length)} ${pairs.length === 1 ? 'pair looks' : 'pairs look'} the same${more ? ', and there are more' : ''}`,
    '',
    ...table([['image', 'image', 'similarity', ''], ...rows]),
  ].join('\n');
}

export function listText(datasets: DatasetSummary[]): string {
  if (datasets.length === 0)
    return 'No datasets yet. Import one with `wardbook dataset import FILE --name NAME --subject COLUMN`.';
  const rows = datasets.flatMap(({ name, versions, runs }) =>
    versions.map(({ version, rows, subjects, columns, createdAt }, at) => [
      `${name}@v${version}`,
      number(rows),
      subjects === null ? 'unknown' : number(subjects),
      number(columns),
      new Date(createdAt).toISOString().slice(0, 10),
      at === versions.length - 1 ? number(runs) : '',
    ]),
  );
  return table([['dataset', 'rows', 'subjects', 'columns', 'imported', 'runs'], ...rows]).join('\n');
}

export function diffText({ from, to, rows, subjects, columns }: DatasetDiff): string {
  const counts = [`${number(rows.added)} added`, `${number(rows.removed)} removed`];
  if (rows.changed !== null) counts.push(`${number(rows.changed)} changed`);
  const lines = [
    `${from.name}@v${from.version} → ${to.name}@v${to.version}`,
    `rows      ${counts.join(', ')}, ${number(rows.unchanged)} unchanged`,
  ];
  if (subjects !== null) {
    lines.push(
      `subjects  ${number(subjects.added)} added, ${number(subjects.removed)} removed, ${number(subjects.kept)} kept`,
    );
  }
  for (const name of columns.added) lines.push(`+ ${name}`);
  for (const name of columns.removed) lines.push(`− ${name}`);
  for (const { name, cells, typeFrom, typeTo } of columns.changed) {
    const type = typeFrom === typeTo ? '' : `, ${typeFrom} → ${typeTo}`;
    lines.push(`~ ${name}: ${cells === null ? 'cells differ' : `${number(cells)} cells differ`}${type}`);
  }
  return lines.join('\n');
}

const number = (value: number): string => value.toLocaleString('en');

function table(rows: string[][]): string[] {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column]!))
      .join('  ')
      .trimEnd(),
  );
}
