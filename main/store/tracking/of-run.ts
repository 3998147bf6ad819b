import type { RunDetail } from '../../../shared/model/run.ts';
import type { ReadableDb } from '../open.ts';
import { statement } from '../statement.ts';
import { findArtifactOwner, ownedFilesBelow } from './artifact-owner.ts';
import { contextTag } from './datasets.ts';

/** The models that a run (`run.id`) logged, but deleted ones. */
export function readModelsOfRun(db: ReadableDb, run: number): RunDetail['loggedModels'] {
  const rows = statement(
    db,
    'SELECT uid AS id, name, type, status FROM logged_model WHERE run_id = ? AND deleted_at IS NULL ORDER BY id DESC',
  ).all(run) as Omit<RunDetail['loggedModels'][number], 'files'>[];
  return rows.map((row) => ({ ...row, files: ownedFilesBelow(db, findArtifactOwner(db, 'model', row.id)!, '') }));
}

/** Datasets that a script said a run (`run.id`) read. */
export function readClientInputs(db: ReadableDb, run: number): RunDetail['inputs'] {
  return statement(
    db,
    `SELECT d.name, d.digest, t.value AS context
    FROM run_input i JOIN client_dataset d ON d.id = i.dataset_id
    LEFT JOIN run_input_tag t ON t.run_id = i.run_id AND t.dataset_id = i.dataset_id AND t.key = '${contextTag}'
    WHERE i.run_id = ? ORDER BY d.name, d.digest`,
  ).all(run) as RunDetail['inputs'];
}
