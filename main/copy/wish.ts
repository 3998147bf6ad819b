import type { CopyWatch } from './watch.ts';

export type SeriesFormat = 'csv' | 'parquet';

/** Whole runs, or with `artifact` one file of the only run named. */
export type CopyWish = {
  ids: string[];
  outDir: string;
  format: SeriesFormat;
  artifact: string | null;
  watch?: CopyWatch | undefined;
};

export type ReplayWish = {
  ids: string[];
  /** `http://127.0.0.1:5000`, also with a path before `/api`. */
  url: string;
  /** Sent as a bearer token; null where the server asks for none. */
  token: string | null;
  watch?: CopyWatch | undefined;
};

/** What a copy will hold, for the audit log. */
export type CopyPlan = { runs: number; artifacts: number; bytes: number; points: number; predictions: number };

/** What a copy came to: the folder it made and the files in it, relative to that folder. */
export type CopyDone = { folder: string; files: string[] };
export type ReplayDone = { runs: number; created: number; points: number; files: number; skipped: string[] };
