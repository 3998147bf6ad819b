import type { SkippedSource } from '../../../shared/model/run-import.ts';
import type { WritableDb } from '../open.ts';
import { readAliases, writeAlias } from '../registry/aliases.ts';
import { modelKey, versionKey } from '../registry/keys.ts';
import { isFreeAlias } from '../registry/set-alias.ts';
import type { ImportedModel } from './imported-model.ts';

/**
 * Sets the aliases of versions that an import has just added; `numbers` gives their numbers here by those of the source. One that
 * stands for a stage here, or points to a version already, stays and is listed. Call inside a transaction.
 */
export function addAliases(
  db: WritableDb,
  name: string,
  { name: there, aliases }: ImportedModel,
  numbers: ReadonlyMap<number, number>,
  skipped: SkippedSource[],
): void {
  const model = modelKey(db, name);
  for (const { alias, version } of aliases) {
    const number = numbers.get(version);
    if (number === undefined) continue;
    const path = `${there}@${alias.slice(0, 100)}`;
    const held = readAliases(db, [model])
      .get(model)
      ?.find((one) => one.alias === alias);
    if (!isFreeAlias(alias)) skipped.push({ path, reason: 'this alias stands for a stage or a version here' });
    else if (held !== undefined)
      skipped.push({ path, reason: `this alias points to v${held.version} here, and stays` });
    else writeAlias(db, model, alias, versionKey(db, name, number).id);
  }
}
