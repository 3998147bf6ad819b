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
  const folder = folderOf(uri);
  if (folder === null) {
    skipped.push(
      `${run.id}: ${run.artifacts.length} artifacts: the server takes no files (start it with --serve-artifacts)`,
    );
    return 0;
  }
  for (const { path } of run.artifacts) {
    await sendFile(api, `${folder}/${path}`, artifactFile(vault, run.id, path));
  }
  return run.artifacts.length;
}

/** The path behind a server's own store of files; null for any other address. */
export const folderOf = (uri: string): string | null =>
  /^mlflow-artifacts:(?:\/\/[^/]*)?\/+(.+)$/.exec(uri)?.[1] ?? null;

export async function sendFile(api: MlflowApi, path: string, file: string): Promise<void> {
  const empty = statSync(file).size === 0;
  await api.put(path, empty ? new Uint8Array(0) : createReadStream(file));
}
