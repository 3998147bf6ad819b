import type { ColumnType, Distribution } from '../../shared/model/dataset.ts';
import { isNumeric, type StoredColumn } from '../store/table/layout.ts';
import type { TableFile } from '../store/table/table-file.ts';
import { profileNumbers } from './profile-numbers.ts';
import { profileLevels, profileTexts } from './profile-texts.ts';

/** `running`: every cell is the one before plus 1, as in a column of row numbers. */
export type NumericFacts = { kind: 'numeric'; min: number; max: number; running: boolean };
/** `sample`: the first distinct texts. `unique`: no text occurs twice. */
export type TextFacts = { kind: 'texts'; sample: string[]; meanLength: number; meanWords: number; unique: boolean };

/** What a column holds, before anybody says what it is for. */
export type RawProfile = {
  type: ColumnType;
  missing: number;
  nonFinite: number;
  distinct: number;
  distribution: Distribution;
  facts: NumericFacts | TextFacts;
};

/** Profiles one column from its columnar form, a block at a time. */
export function profileColumn(file: TableFile, column: Omit<StoredColumn, 'type'>, rows: number): RawProfile {
  if (isNumeric(column.kind)) return profileNumbers(file, column);
  return column.kind === 'dictionary' ? profileLevels(file, column, rows) : profileTexts(file, column);
}
