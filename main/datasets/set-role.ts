import { AppError } from '../../shared/errors.ts';
import type { ColumnRole, DatasetWarning } from '../../shared/model/dataset.ts';
import { findVersion, redeclareVersion, runsOfDataset, type StoredVersion } from '../store/datasets.ts';
import { readSubjects } from '../store/table/read-subjects.ts';
import { blobFolder, openTableFile } from '../store/table/table-file.ts';
import type { Vault } from '../store/vault.ts';
import { groupedWarning } from './warnings.ts';

/**
 * Changes what a column is for. The subject column is part of what was imported and cannot be changed here. The site column is
 * part of every person's id, so it can change only while no run has used the version; the count of persons then follows.
 */
export function setRole(
  vault: Vault,
  request: { name: string; version: number; column: string; role: ColumnRole },
): null {
  const version = findVersion(vault.db, request.name, request.version);
  const column = version.columns.find(({ name }) => name === request.column);
  if (column === undefined) {
    throw new AppError('COLUMN_NOT_FOUND', `${version.name}@v${version.version} has no column "${request.column}".`);
  }
  if (column.role === request.role) return null;
  if (column.role === 'subject' || request.role === 'subject') {
    throw new AppError(
      'INPUT_INVALID',
      `The subject column of ${version.name}@v${version.version} was chosen at its import and cannot be changed.`,
      'Import the file again with another subject column; that makes the next version.',
    );
  }
  const columns = version.columns.map((one) => {
    if (one === column) return { ...one, role: request.role };
    // There is one site column.
    return request.role === 'site' && one.role === 'site' ? { ...one, role: 'feature' as const } : one;
  });
  const siteColumn = columns.find(({ role }) => role === 'site')?.name ?? null;
  if (siteColumn === version.siteColumn) {
    redeclareVersion(vault.db, version.name, version.version, { ...version, columns });
    return null;
  }
  if (runsOfDataset(vault.db, version.name, version.version).length > 0) {
    throw new AppError(
      'INPUT_INVALID',
      `Runs have used ${version.name}@v${version.version}; its site column is part of every subject id and cannot change any more.`,
      'Import the table under another name and set the site column before training.',
    );
  }
  redeclareVersion(vault.db, version.name, version.version, recount(vault.dir, { ...version, columns, siteColumn }));
  return null;
}

/** The version with its persons counted anew and the warning about grouped ids as they now are. */
function recount(vaultDir: string, version: StoredVersion): StoredVersion {
  if (version.subjectColumn === null) return version;
  const file = openTableFile(blobFolder(vaultDir, version.blob));
  try {
    const groups = readSubjects(file, version.subjectColumn, version.siteColumn, version.subjectMode === 'exact');
    const warning = groupedWarning(groups);
    const others = version.warnings.filter(({ code }) => code !== 'SUBJECT_IDS_GROUPED');
    const warnings: DatasetWarning[] = warning === null ? others : [warning, ...others];
    return { ...version, subjects: groups.count, warnings };
  } finally {
    file.close();
  }
}
