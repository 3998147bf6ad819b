import type { LoggedModelStatus, ModelMetric } from '../tracking/logged-models.ts';
import type { ImportedFile } from './imported-run.ts';

/** A model that a run logged, as its source keeps it. Runs are named by their keys in the source; times in ms. */
export type ImportedLoggedModel = {
  /** `m-` and 32 hex digits. */
  uid: string;
  study: string;
  run: string | null;
  name: string;
  type: string | null;
  status: LoggedModelStatus;
  statusMessage: string | null;
  createdAt: number;
  changedAt: number;
  deleted: boolean;
  params: Record<string, string>;
  tags: Record<string, string>;
  metrics: ModelMetric[];
  /** Runs that read it, or made it at a step. */
  uses: { run: string; role: 'input' | 'output'; step: number }[];
  /** `path` begins with no folder of the run: they are the model's own. */
  files: ImportedFile[];
};

/** A model of another registry with its versions. */
export type ImportedModel = {
  name: string;
  description: string;
  createdAt: number | null;
  tags: Record<string, string>;
  aliases: { alias: string; version: number }[];
  versions: ImportedVersion[];
};

export type ImportedVersion = {
  number: number;
  createdAt: number | null;
  user: string;
  /** MLflow's word: None, Staging, Production, Archived, Deleted_Internal. */
  stage: string;
  /** READY once its files were there. */
  status: string;
  description: string;
  runLink: string;
  tags: Record<string, string>;
  /** Key of the run in its source. */
  run: string | null;
  /** Where its files are: below the artifacts of its run, or of a logged model (uid); null when its address names neither. */
  place: { loggedModel: string | null; path: string } | null;
  /** The address as it stood in the source. */
  source: string;
};
