import type { Stage } from '../../../shared/model/registration.ts';
import type { SkippedSource } from '../../../shared/model/run-import.ts';
import { userName } from '../../platform/user.ts';
import { appendAudit } from '../audit.ts';
import { type ReadableDb, transaction, type WritableDb } from '../open.ts';
import { versionKey } from '../registry/keys.ts';
import { ensureModel, writeTag } from '../registry/models.ts';
import { recordMove } from '../registry/move-version.ts';
import { addVersion } from '../registry/versions.ts';
import { statement } from '../statement.ts';
import type { Vault } from '../vault.ts';
import { addAliases } from './imported-aliases.ts';
import type { ImportedModel, ImportedVersion } from './imported-model.ts';
import { filesOfVersion } from './imported-version-files.ts';

type Added = { version: ImportedVersion; number: number };
type HomeModel = { id: number; name: string; deleted: boolean };

/**
 * Takes a model of another registry into this one, in one transaction and after the runs and models that its versions name. New
 * versions keep their numbers where these are free. None becomes approved by it: what was in Production is a candidate. Versions
 * that are here stay as they were left, deleted ones deleted. Returns how many came in, and what was changed or left out. Throws
 * KEY_UNAVAILABLE, DISK_FULL or BUSY.
 */
export function writeRegisteredModel(
  vault: Vault,
  format: string,
  model: ImportedModel,
): { added: number; skipped: SkippedSource[] } {
  return transaction(vault.db, () => {
    const skipped: SkippedSource[] = [];
    const home = homeOf(vault.db, model);
    const fresh = model.versions.filter((version) => findVersion(vault.db, keyOf(model, version)) === undefined);
    const wanted = fresh.filter((version) => isWanted(version));
    if (home !== null && (wanted.length === 0 || home.deleted)) {
      if (wanted.length > 0)
        skipped.push({ path: model.name, reason: 'deleted here; restore it to import what is new' });
      return { added: 0, skipped };
    }
    const name = home?.name ?? makeModel(vault.db, model, skipped);
    if (name === null) return { added: 0, skipped };
    const added = wanted.map((version) => ({ version, number: addOne(vault, format, name, model, version, skipped) }));
    moveAll(vault, name, added, skipped);
    addAliases(vault.db, name, model, new Map(added.map(({ version, number }) => [version.number, number])), skipped);
    return { added: added.length, skipped };
  });
}

/** Deleted versions are left out silently: MLflow keeps their numbers only. So are those whose files never arrived. */
const isWanted = ({ stage, status }: ImportedVersion): boolean => stage !== 'Deleted_Internal' && status === 'READY';

/** Names a version for good: a model may be renamed, there and here. */
const keyOf = (model: ImportedModel, { number, createdAt, run }: ImportedVersion): string =>
  `mlflow ${createdAt ?? model.name} ${number} ${run ?? ''}`;

const findVersion = (db: ReadableDb, key: string): { model: number } | undefined =>
  statement(db, 'SELECT model_id AS model FROM model_version WHERE import_key = ?').get(key) as
    | { model: number }
    | undefined;

/** The model here that one of a source is: it came from there, or one of its versions did. */
function homeOf(db: ReadableDb, model: ImportedModel): HomeModel | null {
  const select = 'SELECT id, name, deleted_at IS NOT NULL AS deleted FROM registered_model WHERE';
  const own = statement(db, `${select} import_key = ?`).get(modelKeyOf(model));
  const versions = model.versions.map((version) => findVersion(db, keyOf(model, version)));
  const of = versions.find((found) => found !== undefined)?.model;
  const row = (own ?? (of === undefined ? undefined : statement(db, `${select} id = ?`).get(of))) as
    | { id: number; name: string; deleted: number }
    | undefined;
  return row === undefined ? null : { ...row, deleted: row.deleted === 1 };
}

const modelKeyOf = ({ name, createdAt }: ImportedModel): string => `mlflow ${createdAt ?? ''} ${name}`;

/** The model of this name here, which may be another's; what it has already stays. Null for a name that is none here. */
function makeModel(db: WritableDb, model: ImportedModel, skipped: SkippedSource[]): string | null {
  const name = model.name
    .replace(/[/:\p{Cc}]/gu, '-')
    .trim()
    .slice(0, 250);
  if (name === '') {
    skipped.push({ path: model.name, reason: 'it has no name' });
    return null;
  }
  if (name !== model.name)
    skipped.push({ path: model.name, reason: `its name holds what no name here may: it is ${name}` });
  const id = ensureModel(db, name);
  const key = modelKeyOf(model);
  statement(
    db,
    `UPDATE registered_model SET description = CASE description WHEN '' THEN ? ELSE description END,
      import_key = coalesce(import_key, ?) WHERE id = ?`,
  ).run(model.description, key, id);
  const tagged = statement(db, 'SELECT 1 FROM model_tag WHERE model_id = ? AND key = ?');
  for (const [tag, value] of Object.entries(model.tags))
    if (tagged.get(id, tag) === undefined) writeTag(db, 'model', id, tag, value);
  return name;
}

function addOne(
  vault: Vault,
  format: string,
  name: string,
  model: ImportedModel,
  version: ImportedVersion,
  skipped: SkippedSource[],
): number {
  const path = `${model.name}/${version.number}`;
  const found = filesOfVersion(vault.db, format, version);
  if (found.files.length === 0) skipped.push({ path, reason: 'its files are not here; it has none' });
  const by = userName();
  const number = addVersion(vault.db, {
    model: name,
    ...found,
    runLink: version.runLink,
    description: version.description,
    tags: { ...version.tags, ...(version.stage === 'Production' ? { 'mlflow.stage': 'Production' } : {}) },
    by,
    via: 'import',
    reason: `Taken over from MLflow${version.user === '' ? '' : `, where ${version.user} had registered it`}.`,
    imported: { number: version.number, createdAt: version.createdAt, key: keyOf(model, version) },
  });
  if (number !== version.number) skipped.push({ path, reason: `its number is taken here: it is v${number}` });
  const run =
    found.run === null
      ? null
      : (statement(vault.db, 'SELECT uid FROM run WHERE id = ?').pluck().get(found.run) as string);
  appendAudit(vault, 'model.register', {
    model: name,
    version: number,
    run,
    files: found.files.length,
    by,
    via: 'import',
  });
  return number;
}

const stages: Record<string, Stage> = { staging: 'candidate', production: 'candidate', archived: 'retired' };

/** What was in Production is moved last, so that the alias of the candidates points to it. */
function moveAll(vault: Vault, name: string, added: Added[], skipped: SkippedSource[]): void {
  const isLast = ({ version }: Added): boolean => version.stage === 'Production';
  for (const { version, number } of [...added.filter((one) => !isLast(one)), ...added.filter(isLast)]) {
    const stage = stages[version.stage.toLowerCase()];
    if (stage === undefined) continue;
    const inProduction = version.stage === 'Production';
    const also = inProduction ? ' It is approved here by a person, under the rules.' : '';
    recordMove(
      vault,
      { name, via: 'import' },
      versionKey(vault.db, name, number),
      stage,
      `In MLflow it was in ${version.stage}.${also}`,
    );
    if (inProduction)
      skipped.push({
        path: `${name}/${number}`,
        reason: 'in Production there; here it is a candidate until somebody approves it',
      });
  }
}
