import { createReadStream, statSync } from 'node:fs';
import type { RunDetail } from '../../../shared/model/run.ts';
import { artifactFile } from '../../store/artifact-files.ts';
import type { ReadableVault } from '../../store/vault.ts';
import type { MlflowApi } from './mlflow-api.ts';

/**
 * Sends the files of a run through the server, where it takes them (`mlflow-artifacts:`). A server that wants its clients to write
 * into a folder by themselves gets none: nobody here writes where a server says. Returns how many were sent.
 */
export async function replayArtifacts(
  vault: ReadableVault,
  api: MlflowApi,
  run: RunDetail,
  uri: string,
  skipped: string[],
): Promise<number> {
  if (run.artifacts.length === 0) return 0;
  const folder = /^mlflow-artifacts:(?:\/\/[^/]*)?\/+(.+)$/.exec(uri)?.[1];
  if (folder === undefined) {
    skipped.push(
      `${run.id}: ${run.artifacts.length} artifacts: the server takes no files (start it with --serve-artifacts)`,
    );
    return 0;
  }
  for (const { path } of run.artifacts) {
    const file = artifactFile(vault, run.id, path);
    const empty = statSync(file).size === 0;
    await api.put(`${folder}/${path}`, empty ? new Uint8Array(0) : createReadStream(file));
  }
  return run.artifacts.length;
}
