import type { ModelVersion, RegisteredModel } from '../../../shared/model/registry.ts';
import type { ReadableDb } from '../../store/open.ts';
import { versionKey } from '../../store/registry/keys.ts';
import { hasModel } from '../../store/registry/models.ts';
import { readModel } from '../../store/registry/read-models.ts';
import { readVersion } from '../../store/registry/read-versions.ts';
import { optionalText, requiredText } from '../fields.ts';
import { invalid, notFound } from '../mlflow-error.ts';
import type { Input } from '../route.ts';

/** `name` of a request. Throws INVALID_PARAMETER_VALUE when it is absent or no model's. */
export function modelNameOf(input: Input, field = 'name'): string {
  const name = requiredText(input, field).trim();
  if (name === '') throw invalid('Registered model name cannot be empty.');
  return name;
}

/** Throws RESOURCE_DOES_NOT_EXIST in the words that clients look for. */
export function demandModel(db: ReadableDb, name: string): string {
  if (hasModel(db, name)) return name;
  throw notFound(`Registered Model with name=${name} not found`);
}

export const modelOf = (db: ReadableDb, input: Input): RegisteredModel =>
  readModel(db, demandModel(db, modelNameOf(input)));

/** `name` and `version` of a request. Throws INVALID_PARAMETER_VALUE or RESOURCE_DOES_NOT_EXIST. */
export function versionRefOf(db: ReadableDb, input: Input): { name: string; version: number } {
  const name = modelNameOf(input);
  const version = versionNumberOf(input);
  demandModel(db, name);
  try {
    versionKey(db, name, version);
  } catch (cause) {
    throw Object.assign(notFound(`Model Version (name=${name}, version=${version}) not found`), { cause });
  }
  return { name, version };
}

/** A version's number, as text or as a number. Throws INVALID_PARAMETER_VALUE. */
export function versionNumberOf(input: Input): number {
  const given = typeof input.version === 'number' ? String(input.version) : requiredText(input, 'version');
  if (/^[1-9]\d{0,8}$/.test(given)) return Number(given);
  throw invalid(`Model version must be an integer, got '${given.slice(0, 100)}'`);
}

export const readOne = (db: ReadableDb, { name, version }: { name: string; version: number }): ModelVersion =>
  readVersion(db, versionKey(db, name, version).id);

/** A free text of a request, at most so long; empty when absent. */
export function textOf(input: Input, field: string, longest = 4_000): string {
  const text = optionalText(input, field) ?? '';
  if (text.length <= longest) return text;
  throw invalid(`The ${field} has ${text.length} characters; at most ${longest} are allowed.`);
}
