import { isNumeric, type StoredColumn } from '../store/table/layout.ts';
import type { TableFile } from '../store/table/table-file.ts';
import { profileNumbers } from './profile-numbers.ts';
import { profileLevels, profileTexts } from './profile-texts.ts';
import type { RawProfile } from './raw-profile.ts';

/** Profiles one column from its columnar form, a block at a time. */
export function profileColumn(file: TableFile, column: Omit<StoredColumn, 'type'>, rows: number): RawProfile {
  if (isNumeric(column.kind)) return profileNumbers(file, column);
  return column.kind === 'dictionary' ? profileLevels(file, column, rows) : profileTexts(file, column);
}
