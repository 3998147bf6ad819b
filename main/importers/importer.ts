import type { SkippedSource } from '../../shared/model/run-import.ts';
import type { ImportedLoggedModel, ImportedModel } from '../store/imports/imported-model.ts';
import type { ImportedRun } from '../store/imports/imported-run.ts';

/**
 * One format. `find` looks at names and heads only; values are read run by run. Neither writes below `path`. What cannot be
 * read is listed as skipped, and only a path that holds nothing of the format at all is an error.
 */
export type Importer = {
  /** Throws FILE_NOT_FOUND or SOURCE_NOT_FOUND. */
  find(path: string, reading: Reading): Promise<FoundSource>;
};

export type FoundSource = {
  runs: FoundRun[];
  skipped: SkippedSource[];
  /** Experiments with their tags. */
  studies?: { name: string; tags: Record<string, string> }[];
  /** Models that runs logged, and models of a registry: both are read after all runs. */
  loggedModels?: FoundLoggedModel[];
  models?: ImportedModel[];
  /** Lets go of what `find` opened; no run can be read after it. */
  close?(): void;
};

/** A run that an importer can read. Parents come before their children. */
export type FoundRun = {
  /** Names the run for good, wherever its files lie: importing it again finds it. */
  key: string;
  /** Changes whenever the source does (sizes and times of its files): with the same stamp it is not read again. */
  stamp: string;
  study: string;
  name: string;
  /** Relative to the chosen path, `.` for the path itself. */
  path: string;
  bytes: number;
  /** `progress` as the last import left it: what is new since may be given alone (`content` of the run). */
  read(reading: Reading, progress: string | null): Promise<ReadRun>;
};

/** A model that a run logged; `stamp` as of a run. */
export type FoundLoggedModel = {
  uid: string;
  stamp: string;
  path: string;
  read(reading: Reading): Promise<{ model: ImportedLoggedModel; skipped: SkippedSource[] }>;
};

export type ReadRun = { run: ImportedRun; skipped: SkippedSource[] };

export type Reading = {
  /** Lets cancel and other work have their turn: call it every few megabytes. Throws IMPORT_CANCELLED. */
  pause(): Promise<void>;
  /** While a folder is watched: a run whose files rested so long (ms) has ended. Null in an import that is done once. */
  quietMs: number | null;
  /** So many more bytes of the run are read. */
  progress(bytes: number): void;
};
