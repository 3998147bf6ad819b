import type { ColumnType, Distribution } from '../../shared/model/dataset.ts';

/** `running`: every cell is the one before plus 1, as in a column of row numbers. */
export type NumericFacts = { kind: 'numeric'; min: number; max: number; running: boolean };
/** `sample`: the first distinct texts. `unique`: no text occurs twice. */
export type TextFacts = { kind: 'texts'; sample: string[]; meanLength: number; meanWords: number; unique: boolean };

/** What a column holds, before anybody says what it is for. */
export type RawProfile = {
  type: ColumnType;
  missing: number;
  /** Cells of a number column that read as NaN or infinite; rows count from 1, the head left out. */
  nonFinite: { count: number; firstRow: number } | null;
  distinct: number;
  distribution: Distribution;
  facts: NumericFacts | TextFacts;
};
