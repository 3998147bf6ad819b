import type { SkippedFile } from '../../../shared/model/dataset.ts';
import type { Encoding } from '../encoding.ts';

/** One image to read, and its cells beside the one that names the file. */
export type LabelledImage = { file: string; cells: string[] };

/** What a folder says about its images before one of them is opened. */
export type Labelled = {
  from: 'table' | 'folders' | 'headers';
  /** Names of the columns of `cells`, and where the one that names the file goes. */
  columns: string[];
  imageColumn: { name: string; at: number };
  images: LabelledImage[];
  skipped: SkippedFile[];
  /** The labels table, to be kept beside the images; null without one. */
  table: { path: string; encoding: Encoding; delimiter: string } | null;
};
