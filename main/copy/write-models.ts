import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { findArtifactOwner, ownedFilesBelow } from '../store/tracking/artifact-owner.ts';
import { findLoggedModel } from '../store/tracking/logged-models.ts';
import { modelFile } from '../store/tracking/model-file.ts';
import type { ReadableVault } from '../store/vault.ts';
import { copyPrivately } from './copy-file.ts';
import { jsonReady } from './json-ready.ts';

/** The models that a run logged, each in a folder of its own below `folder`; returns the files, whole paths. Throws ARTIFACT_NOT_FOUND. */
export async function writeModels(vault: ReadableVault, models: readonly string[], folder: string): Promise<string[]> {
  const files: string[] = [];
  for (const id of models) {
    const place = join(folder, id);
    mkdirSync(place, { recursive: true, mode: 0o700 });
    const { pk: _, study: __, deleted: ___, ...model } = findLoggedModel(vault.db, id)!;
    files.push(join(place, 'model.json'));
    writeFileSync(files.at(-1)!, `${JSON.stringify(model, jsonReady, 2)}\n`, { flag: 'wx', mode: 0o600 });
    const owner = findArtifactOwner(vault.db, 'model', id)!;
    for (const { path } of ownedFilesBelow(vault.db, owner, '')) {
      files.push(join(place, 'artifacts', ...path.split('/')));
      copyPrivately(modelFile(vault, id, path), files.at(-1)!);
      await nextTurn();
    }
  }
  return files;
}
