import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { AppError } from '../../../shared/errors.ts';
import type { SkippedSource } from '../../../shared/model/run-import.ts';
import { type ForeignDatabase, openCopyOf } from '../../store/foreign/copy-database.ts';
import { isMlflow, type MlflowRow, mlflowRuns, mlflowStamp, mlflowTexts } from '../../store/foreign/mlflow-db.ts';
import type { FoundRun, Importer } from '../importer.ts';
import { keyOf } from '../mlflow/mlflow-run.ts';
import { parentsFirst } from '../mlruns/importer.ts';
import { loggedModelsIn, registeredIn } from './models.ts';
import { readDbRun } from './read-run.ts';

/**
 * MLflow's SQLite database, of any version that wrote one; a server may be writing it. `path` is the file, or the folder it lies
 * in as `mlflow.db`. What a version does not have is found by asking for its columns, not by its number.
 */
export const mlflowDbImporter: Importer = {
  async find(path, reading) {
    const file = fileAt(path);
    const foreign = await openCopyOf(file);
    try {
      const rows = readable(foreign, path);
      const skipped: SkippedSource[] = [];
      const parents = new Map<FoundRun, string | null>();
      for (const [at, row] of rows.entries()) {
        parents.set(
          foundRun(foreign, row, dirname(file)),
          row.parent === null ? null : keyOf(row.experiment.id, row.parent),
        );
        if (at % 256 === 0) await reading.pause();
      }
      const keys = new Map(rows.map(({ id, experiment }) => [id, keyOf(experiment.id, id)]));
      const keyOfRun = (run: string): string => keys.get(run) ?? run;
      return {
        runs: parentsFirst(parents),
        skipped,
        studies: studiesOf(foreign, rows),
        loggedModels: loggedModelsIn(foreign.db, dirname(file), keyOfRun, skipped),
        models: registeredIn(foreign.db, keyOfRun),
        close: foreign.close,
      };
    } catch (error) {
      foreign.close();
      throw error;
    }
  },
};

function studiesOf({ db }: ForeignDatabase, rows: readonly MlflowRow[]) {
  const names = new Map(rows.map(({ experiment }) => [experiment.id, experiment.name]));
  return [...names].map(([id, name]) => ({ name, tags: mlflowTexts(db, 'experiment_tags', id) }));
}

function foundRun(foreign: ForeignDatabase, row: MlflowRow, base: string): FoundRun {
  const stamp = createHash('sha256').update(mlflowStamp(foreign.db, row.id)).digest('hex').slice(0, 32);
  return {
    key: keyOf(row.experiment.id, row.id),
    stamp,
    study: row.experiment.name,
    name: row.name,
    path: row.id,
    bytes: 0,
    read: (reading) => readDbRun(foreign.db, row, base, reading),
  };
}

function fileAt(path: string): string {
  const stat = statSync(path, { throwIfNoEntry: false });
  const file = stat?.isDirectory() ? join(path, 'mlflow.db') : path;
  if (statSync(file, { throwIfNoEntry: false })?.isFile()) return file;
  if (stat === undefined) throw new AppError('FILE_NOT_FOUND', `There is nothing at ${path}.`, 'Check the path.');
  throw notMlflow(path);
}

function readable({ db }: ForeignDatabase, path: string): MlflowRow[] {
  try {
    if (isMlflow(db)) return mlflowRuns(db);
  } catch (cause) {
    const code = String((cause as { code?: unknown }).code);
    if (!code.startsWith('SQLITE_')) throw cause;
    throw new AppError(
      'FILE_UNREADABLE',
      `${path} is no SQLite database that can be read, or it is damaged. Nothing was imported.`,
      'Choose the mlflow.db of MLflow, or restore it from a backup.',
      { cause },
    );
  }
  throw notMlflow(path);
}

const notMlflow = (path: string): AppError =>
  new AppError(
    'SOURCE_NOT_FOUND',
    `${path} is no database of MLflow: its tables experiments, runs and metrics are not there.`,
    'Choose the file that the server was started with (sqlite:///mlflow.db).',
  );
