import type { ParamValue, RunStatus } from '../../../shared/model/run.ts';
import type { StepRecord } from '../../../shared/model/step-record.ts';
import type { ExactPoint } from '../metrics/exact-points.ts';
import type { DatasetInput } from '../tracking/datasets.ts';

/** Points of one series in the order they were written. Whole steps and times (ms) below 2^53; any value. */
export type ImportedSeries = { steps: Float64Array; values: Float64Array; times: Float64Array };

/** A file that becomes an artifact: copied from where it lies, or given as bytes. `path` is below the run's artifacts folder. */
export type ImportedFile = { path: string } & ({ from: string } | { bytes: Uint8Array });

/** Which run of which source: `key` names it for good, `stamp` changes whenever the source does, `path` is where it lies. */
export type ImportSource = { format: string; key: string; stamp: string; path: string };

/** Everything of a run, as an importer read it. Times are ms since 1970. */
export type ImportedRun = {
  /** The id it had, 32 lower-case hex digits; taken unless a run of the vault has it. */
  uid: string | null;
  study: string;
  name: string;
  /** `running`: its job still writes, as far as anybody can tell. */
  status: Exclude<RunStatus, 'queued'>;
  reason: string | null;
  createdAt: number;
  startedAt: number | null;
  endedAt: number | null;
  note: string;
  /** Key of another run of the same format, imported before this one. */
  parent: string | null;
  /** Deleted at its source: goes to the bin. */
  binned: boolean;
  /** Who made it, as the source says. */
  user: string | null;
  params: Record<string, ParamValue>;
  tags: Record<string, string>;
  documents: Record<string, unknown>;
  series: Map<string, ImportedSeries>;
  /** Points whose step or time is beyond 2^53. */
  exact: ({ key: string } & ExactPoint)[];
  records: StepRecord[];
  /** Datasets that went in, as the source describes them. */
  inputs: DatasetInput[];
  files: ImportedFile[];
  /** Console output. */
  log: string;
  /** How far the source was read, in the importer's own words; null for one that is always read from its start. */
  progress: string | null;
  /**
   * `whole`: everything there is; series that a run has and its source has no more are taken away. `upsert`: they stay.
   * Otherwise series and records follow what was stored when the progress was this.
   */
  content: 'whole' | 'upsert' | { after: string };
};

/** A run of which nothing is known but its name: an importer fills in what its source says. */
export function blankRun(study: string, name: string, createdAt: number): ImportedRun {
  return {
    uid: null,
    study,
    name,
    status: 'finished',
    reason: null,
    createdAt,
    startedAt: null,
    endedAt: null,
    note: '',
    parent: null,
    binned: false,
    user: null,
    params: {},
    tags: {},
    documents: {},
    series: new Map(),
    exact: [],
    records: [],
    inputs: [],
    files: [],
    log: '',
    progress: null,
    content: 'upsert',
  };
}
