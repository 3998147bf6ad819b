import { removeOwnedFiles } from '../../store/tracking/owned-files.ts';
import { removeAbandonedUploads } from '../../store/tracking/receive-upload.ts';
import type { Vault } from '../../store/vault.ts';
import { listFolder, listFromRoot } from '../artifact-list.ts';
import { artifactSegments, decodeArtifactPath, folderSegments, refused } from '../artifact-path.ts';
import { type ArtifactPlace, artifactPlace, checkWritable, modelOwner, runOwner } from '../artifact-place.ts';
import { allowanceFor } from '../artifact-quota.ts';
import { optionalText, requiredText } from '../fields.ts';
import { runIdOf } from '../ids.ts';
import { modelLocation, runLocation } from '../locations.ts';
import { MlflowError } from '../mlflow-error.ts';
import { queryInput } from '../read-json.ts';
import { sendJson } from '../reply.ts';
import type { Exchange, Input, Route, RouteContext } from '../route.ts';
import { sendFile } from '../send-file.ts';
import { readToEnd, takeUpload } from '../take-upload.ts';

const longestDrainMs = 20_000;
const swept = new WeakSet<Vault>();

/** Files of runs and of logged models. Every path passes artifact-path.ts, every file is in the vault. */
export const artifactRoutes: Route[] = [
  { method: 'PUT', path: 'mlflow-artifacts/artifacts/*path', stream: upload },
  {
    method: 'GET',
    path: 'mlflow-artifacts/artifacts/*path',
    stream: ({ vault }, { response, params }) =>
      sendFile(vault, response, filePlace(artifactPlace(vault.db, decodeArtifactPath(params['path']!)))),
  },
  {
    method: 'GET',
    path: 'mlflow-artifacts/artifacts',
    handle({ vault }, input) {
      const place = artifactPlace(vault.db, folderSegments(requiredText(input, 'path')));
      return { files: listFolder(vault.db, place, (name) => name) };
    },
  },
  {
    method: 'DELETE',
    path: 'mlflow-artifacts/artifacts/*path',
    handle({ vault, write }, input) {
      const segments = decodeArtifactPath((input['path'] as string).replace(/\/$/, ''));
      return write(({ db }) => {
        const { owner, segments: below } = artifactPlace(db, segments);
        checkWritable(owner);
        removeOwnedFiles(db, vault.dir, owner, below);
        return {};
      });
    },
  },
  {
    method: 'GET',
    path: 'mlflow/artifacts/list',
    handle({ vault }, input) {
      const owner = runOwner(vault.db, runIdOf(input));
      const place = { owner, segments: folderSegments(optionalText(input, 'path') ?? '') };
      return { root_uri: runLocation(owner.study, owner.uid), files: listFromRoot(vault.db, place) };
    },
  },
  {
    method: 'GET',
    path: 'mlflow/logged-models/:model_id/artifacts/directories',
    handle({ vault }, input) {
      const owner = modelOwner(vault.db, requiredText(input, 'model_id'));
      const place = { owner, segments: folderSegments(optionalText(input, 'artifact_directory_path') ?? '') };
      return { root_uri: modelLocation(owner.study, owner.uid), files: listFromRoot(vault.db, place) };
    },
  },
  {
    method: 'GET',
    path: 'mlflow/logged-models/:model_id/artifacts/files',
    stream({ vault }, { response, params, query }) {
      const owner = modelOwner(vault.db, params['model_id']!);
      return sendFile(vault, response, { owner, segments: artifactSegments(query.get('artifact_file_path') ?? '') });
    },
  },
  { method: 'GET', path: '/get-artifact', api: 'root', stream: sendOfRun },
  { method: 'GET', path: 'mlflow/get-artifact', stream: sendOfRun },
  ...['create', 'complete', 'abort'].map(
    (step): Route => ({ method: 'POST', path: `mlflow-artifacts/mpu/${step}/*path`, handle: noParts }),
  ),
];

async function upload(context: RouteContext, { request, response, params }: Exchange): Promise<void> {
  const { vault } = context;
  if (!swept.has(vault)) removeAbandonedUploads(vault.dir);
  swept.add(vault);
  try {
    const path = decodeArtifactPath(params['path']!);
    const look = (): ArtifactPlace => filePlace(artifactPlace(vault.db, path));
    checkWritable(look().owner);
    const expected = Number(request.headers['content-length'] ?? 0);
    await takeUpload(context, request, look, allowanceFor(vault, expected));
  } catch (error) {
    await readToEnd(request, longestDrainMs);
    throw error;
  }
  sendJson(response, {});
}

async function sendOfRun({ vault }: RouteContext, { response, query }: Exchange): Promise<void> {
  const input: Input = queryInput(query);
  const owner = runOwner(vault.db, runIdOf(input));
  await sendFile(vault, response, { owner, segments: artifactSegments(requiredText(input, 'path')) });
}

/** A file has a path of its own: the root of an owner is none. */
function filePlace(place: ArtifactPlace): ArtifactPlace {
  if (place.segments.length === 0) throw refused();
  return place;
}

/** Clients know this sentence by its beginning and send the file in one piece. */
function noParts(): never {
  throw new MlflowError(
    'NOT_IMPLEMENTED',
    'Multipart upload is not supported for the current artifact repository: send the file in one piece.',
  );
}
