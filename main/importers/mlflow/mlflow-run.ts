import type { RunStatus } from '../../../shared/model/run.ts';
import {
  blankRun,
  type ImportedFile,
  type ImportedRun,
  type ImportedSeries,
} from '../../store/imports/imported-run.ts';
import type { DatasetInput } from '../../store/tracking/datasets.ts';

/** A run as MLflow keeps it, in files or in a database. Times in ms. */
export type MlflowRun = {
  id: string;
  experiment: { id: string; name: string; deleted: boolean };
  name: string;
  user: string;
  status: string | number | null;
  startedAt: number | null;
  endedAt: number | null;
  deleted: boolean;
  params: Record<string, string>;
  tags: Record<string, string>;
  series: Map<string, ImportedSeries>;
  exact: ImportedRun['exact'];
  /** Datasets that went in, with the tags of their use. */
  inputs: DatasetInput[];
  files: ImportedFile[];
};

/** How an importer names a run for good: ids are unique unless somebody chose them. */
export const keyOf = (experiment: string, run: string): string =>
  /^[0-9a-f]{32}$/.test(run) ? run : `${experiment}/${run}`;

/** Only text that can be a run's id names a parent. */
export function parentKey(experiment: string, tags: Record<string, string>): string | null {
  const parent = tags['mlflow.parentRunId'];
  return parent === undefined || parent === '' ? null : keyOf(experiment, parent);
}

/** The same run for the vault; tags stay as they are. */
export function toImportedRun(run: MlflowRun): ImportedRun {
  const { experiment, tags } = run;
  const name = run.name.trim() || tags['mlflow.runName']?.trim() || `run-${run.id.slice(0, 8)}`;
  return {
    ...blankRun(experiment.name, name, run.startedAt ?? run.endedAt ?? Date.now()),
    uid: /^[0-9a-f]{32}$/.test(run.id) ? run.id : null,
    ...statusOf(run.status),
    startedAt: run.startedAt,
    endedAt: run.endedAt,
    note: tags['mlflow.note.content'] ?? '',
    parent: parentKey(experiment.id, tags),
    binned: run.deleted || experiment.deleted,
    user: run.user === '' ? null : run.user,
    params: run.params,
    tags,
    documents: { mlflow: { run: run.id, experiment: experiment.id } },
    series: run.series,
    exact: run.exact,
    inputs: run.inputs,
    files: run.files,
  };
}

const numbered = ['', 'RUNNING', 'SCHEDULED', 'FINISHED', 'FAILED', 'KILLED'];

/** Names and the numbers behind them. A run that had not ended is not known to go on: nobody here sees its job. */
function statusOf(status: string | number | null): { status: Exclude<RunStatus, 'queued'>; reason: string | null } {
  const word = typeof status === 'number' ? numbered[status] : status?.toUpperCase();
  if (word === 'FINISHED') return { status: 'finished', reason: null };
  if (word === 'FAILED') return { status: 'failed', reason: 'Failed, as MLflow recorded it.' };
  if (word === 'KILLED') return { status: 'stopped', reason: 'Killed, as MLflow recorded it.' };
  return {
    status: 'crashed',
    reason: 'MLflow had recorded no end when it was imported. If its job goes on, import again to take over the rest.',
  };
}
