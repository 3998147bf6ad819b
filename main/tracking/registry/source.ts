import type { Artifact } from '../../../shared/model/run.ts';
import type { ReadableDb } from '../../store/open.ts';
import { filesBelow, filesOfLoggedModel } from '../../store/registry/files.ts';
import { versionKey } from '../../store/registry/keys.ts';
import { readVersion, readVersionFiles } from '../../store/registry/read-versions.ts';
import { runKey } from '../../store/run-key.ts';
import { findLoggedModel } from '../../store/tracking/logged-models.ts';
import { optionalText, requiredText } from '../fields.ts';
import { runOf } from '../ids.ts';
import { invalid, notFound } from '../mlflow-error.ts';
import type { Input } from '../route.ts';
import { versionRefOf } from './find.ts';

/** What a client registers: whose files, below which folder of theirs. */
export type Source = {
  source: string;
  run: string | null;
  loggedModel: string | null;
  path: string;
  files: Artifact[];
};

/** The id of a logged model. */
const loggedModelId = /^m-[0-9a-f]{32}$/;

/**
 * Reads `source`, `run_id` and `model_id` of a request. Only what the vault holds can be registered: `runs:/…`, `models:/m-…`,
 * `models:/NAME/VERSION`, and the artifacts of a run or a logged model at this server; nothing of it is followed as an address.
 * Throws INVALID_PARAMETER_VALUE or RESOURCE_DOES_NOT_EXIST.
 */
export function sourceOf(db: ReadableDb, input: Input): Source {
  const source = requiredText(input, 'source');
  const named = optionalText(input, 'run_id') || null;
  const place = parse(source);
  if (place === null) throw refused(source);
  if (place.kind === 'version') return copyOf(db, source, place, named);
  const run = place.kind === 'run' ? place.run : named;
  if (run !== null) runOf(db, run);
  if (place.kind === 'run' && named !== null && named !== place.run) throw refused(source);
  const modelId = optionalText(input, 'model_id') || null;
  if (place.kind === 'logged-model') {
    if (modelId !== null && modelId !== place.id) throw refused(source);
    const model = findLoggedModel(db, place.id);
    if (model === null || model.deleted) throw notFound(`Logged model with ID '${place.id}' not found.`);
    if (run !== null && model.run !== null && run !== model.run) throw refused(source);
    const files = filesOfLoggedModel(db, place.id, place.path);
    return { source, run: model.run ?? run, loggedModel: place.id, path: place.path, files };
  }
  if (modelId !== null && !loggedModelId.test(modelId)) throw invalid(`Invalid model ID: ${modelId.slice(0, 100)}`);
  const files = filesBelow(db, runKey(db, place.run), place.path);
  return { source, run, loggedModel: null, path: place.path, files };
}

/** A version of another model, or of the same: the same files of the same run. */
function copyOf(db: ReadableDb, source: string, place: VersionPlace, named: string | null): Source {
  const key = versionKey(db, ...refOf(db, place));
  const { run, path, loggedModel } = readVersion(db, key.id);
  if (named !== null && named !== run?.id) throw refused(source);
  return { source, run: run?.id ?? null, loggedModel, path, files: readVersionFiles(db, key.id).files };
}

function refOf(db: ReadableDb, { name, version }: VersionPlace): [string, number] {
  const ref = versionRefOf(db, { name, version });
  return [ref.name, ref.version];
}

type VersionPlace = { kind: 'version'; name: string; version: string };
type Place =
  | { kind: 'run'; run: string; path: string }
  | { kind: 'logged-model'; id: string; path: string }
  | VersionPlace;

/** Null for anything that is not a place of this server in its plain form. */
function parse(source: string): Place | null {
  const [, scheme, rest] = /^([a-z-]+):\/+(.+)$/.exec(source) ?? [];
  if (scheme === undefined || rest === undefined) return null;
  if (scheme === 'runs') {
    const [run, ...path] = segments(rest) ?? [];
    return run === undefined ? null : { kind: 'run', run, path: path.join('/') };
  }
  if (scheme === 'models') return parseModel(rest);
  return scheme === 'mlflow-artifacts' ? parseArtifacts(rest, source) : null;
}

function parseModel(rest: string): Place | null {
  if (loggedModelId.test(rest)) return { kind: 'logged-model', id: rest, path: '' };
  const version = /^([^/:@]+)\/(\d{1,9})$/.exec(rest);
  return version === null ? null : { kind: 'version', name: version[1]!, version: version[2]! };
}

/** `mlflow-artifacts:/EXPERIMENT/RUN/artifacts/…` and `…/EXPERIMENT/models/m-…/artifacts/…`, with or without the server's name. */
function parseArtifacts(rest: string, source: string): Place | null {
  const local = source.startsWith('mlflow-artifacts://') ? rest.slice(rest.indexOf('/') + 1) : rest;
  const [, run, word, ...path] = segments(local) ?? [];
  if (run === 'models' && word !== undefined && loggedModelId.test(word) && path[0] === 'artifacts') {
    return { kind: 'logged-model', id: word, path: path.slice(1).join('/') };
  }
  return run !== undefined && word === 'artifacts' ? { kind: 'run', run, path: path.join('/') } : null;
}

/** Plain segments of a path; null when one could lead elsewhere, or is encoded. */
function segments(path: string): string[] | null {
  const parts = path.replace(/\/$/, '').split('/');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
  const unsafe = /[\\%?#\u0000-\u001f\u007f]/;
  return parts.some((part) => part === '' || part === '.' || part === '..' || unsafe.test(part)) ? null : parts;
}

const refused = (source: string) =>
  invalid(
    `Invalid model version source: '${source.slice(0, 500)}'. It has to be the artifacts of a run (runs:/RUN/PATH, with the same run_id), of a logged model (models:/m-ID) or another version (models:/NAME/VERSION) of this server.`,
  );
