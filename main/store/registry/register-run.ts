import { AppError } from '../../../shared/errors.ts';
import type { MovedVia } from '../../../shared/model/registry.ts';
import type { Artifact } from '../../../shared/model/run.ts';
import { userName } from '../../platform/user.ts';
import type { WritingVault } from '../audit.ts';
import { appendAudit } from '../audit.ts';
import { readDocument } from '../documents.ts';
import { type ReadableDb, transaction } from '../open.ts';
import { runKey } from '../run-key.ts';
import { statement } from '../statement.ts';
import { filesBelow, filesOfLoggedModel } from './files.ts';
import { addVersion } from './versions.ts';

export type Registering = {
  run: string;
  name: string;
  /** Folder below the run's artifacts that is the model; null: where a model lies, or all of them. */
  path: string | null;
  description: string;
  reason: string;
  via: MovedVia;
};

/**
 * Registers the model of a run as the next version, a draft. Throws RUN_NOT_FOUND, NAME_INVALID, or MODEL_NOT_FOUND for a run
 * that has no files there or only applied another run's model.
 */
export function registerRun(vault: WritingVault, wish: Registering): { name: string; version: number } {
  return transaction(vault.db, () => {
    const run = runKey(vault.db, wish.run);
    const path = wish.path === null ? modelFolderOf(vault, run) : checkedPath(wish.path);
    const own = filesBelow(vault.db, run, path);
    // Newer clients keep a model apart from the artifacts of the run that logged it.
    const logged = wish.path === null && !holdsModel(own) ? newestLoggedModel(vault.db, run) : null;
    const files = logged === null ? own : filesOfLoggedModel(vault.db, logged, '');
    if (files.length === 0) throw noModel(vault, wish.run, run, path);
    const name = wish.name.trim();
    const by = userName();
    const version = addVersion(vault.db, {
      model: name,
      run,
      loggedModel: logged,
      source: logged === null ? join(`runs:/${wish.run}`, path) : `models:/${logged}`,
      path: logged === null ? path : '',
      files,
      runLink: '',
      description: wish.description,
      tags: {},
      by,
      via: wish.via,
      reason: wish.reason === '' ? 'Registered.' : wish.reason,
    });
    appendAudit(vault, 'model.register', {
      model: name,
      version,
      run: wish.run,
      files: files.length,
      by,
      via: wish.via,
    });
    return { name, version };
  });
}

/** Of a recipe's run `model.json`, of a script's `MLmodel`. */
const holdsModel = (files: readonly Artifact[]): boolean =>
  files.some(({ path }) => /(^|\/)(MLmodel|model\.json)$/.test(path));

/** The model with files that a run logged last. */
const newestLoggedModel = (db: ReadableDb, run: number): string | null =>
  (statement(
    db,
    `SELECT m.uid FROM logged_model m WHERE m.run_id = ? AND m.deleted_at IS NULL
      AND EXISTS (SELECT 1 FROM logged_model_file f WHERE f.model_id = m.id) ORDER BY m.id DESC LIMIT 1`,
  )
    .pluck()
    .get(run) as string | undefined) ?? null;

const join = (root: string, path: string): string => (path === '' ? root : `${root}/${path}`);

/** A script's model lies in a folder of its own, beside other artifacts; a recipe's artifacts are its model. */
function modelFolderOf(vault: WritingVault, run: number): string {
  const heads = filesBelow(vault.db, run, '').filter(({ path }) => path.endsWith('/MLmodel'));
  return heads.length === 1 ? heads[0]!.path.slice(0, -'/MLmodel'.length) : '';
}

function checkedPath(path: string): string {
  const parts = path.split('/').filter((part) => part !== '');
  if (!path.includes('\\') && parts.every((part) => part !== '.' && part !== '..')) return parts.join('/');
  throw new AppError(
    'INPUT_INVALID',
    `"${path.slice(0, 200)}" is no folder of a run’s artifacts.`,
    'See wardbook show.',
  );
}

function noModel(vault: WritingVault, uid: string, run: number, path: string): AppError {
  if (readDocument(vault.db, run, 'evaluation-of') !== null) {
    return new AppError(
      'MODEL_NOT_FOUND',
      `The run ${uid} applied another run’s model and has none of its own.`,
      'Register the run that it comes from.',
    );
  }
  return new AppError(
    'MODEL_NOT_FOUND',
    path === '' ? `The run ${uid} has kept no files.` : `The run ${uid} has no files below ${path}.`,
    'Register a run that has finished; wardbook show RUN lists its artifacts.',
  );
}
