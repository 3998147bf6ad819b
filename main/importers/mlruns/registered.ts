import { join } from 'node:path';
import type { SkippedSource } from '../../../shared/model/run-import.ts';
import type { ImportedModel } from '../../store/imports/imported-model.ts';
import { type MlflowVersion, toImportedModel } from '../mlflow/registered.ts';
import { foldersIn, valuesIn } from './folder.ts';
import { numberOf, readMeta, textOf } from './meta.ts';

/** The model registry of a file store: `models/NAME/meta.yaml` with a folder `version-N` for each version. */
export function registeredIn(
  root: string,
  skipped: SkippedSource[],
  keyOfRun: (run: string) => string,
): ImportedModel[] {
  return foldersIn(join(root, 'models')).flatMap((name) => {
    const folder = join(root, 'models', name);
    const read = readMeta(folder);
    if ('problem' in read) {
      skipped.push({ path: join('models', name), reason: read.problem });
      return [];
    }
    const versions = foldersIn(folder)
      .filter((entry) => /^version-\d{1,9}$/.test(entry))
      .flatMap((entry) => versionIn(folder, name, entry, skipped));
    const { meta } = read;
    const aliases = Object.entries(valuesIn(join(folder, 'aliases')));
    const model = {
      name: textOf(meta['name']) ?? name,
      description: textOf(meta['description']) ?? '',
      createdAt: numberOf(meta['creation_timestamp']),
      tags: valuesIn(join(folder, 'tags')),
      aliases: aliases.map(([alias, version]) => ({ alias, version: Number(version) })),
    };
    return [toImportedModel(model, versions, keyOfRun)];
  });
}

function versionIn(folder: string, model: string, entry: string, skipped: SkippedSource[]): MlflowVersion[] {
  const read = readMeta(join(folder, entry));
  if ('problem' in read) {
    skipped.push({ path: join('models', model, entry), reason: read.problem });
    return [];
  }
  const text = (key: string): string => textOf(read.meta[key]) ?? '';
  const logged = text('model_id');
  return [
    {
      number: Number(entry.slice('version-'.length)),
      createdAt: numberOf(read.meta['creation_timestamp']),
      user: text('user_id'),
      stage: text('current_stage'),
      status: text('status') || 'READY',
      description: text('description'),
      runLink: text('run_link'),
      tags: valuesIn(join(folder, entry, 'tags')),
      run: text('run_id') || null,
      source: logged === '' ? text('source') : `models:/${logged}`,
      storage: text('storage_location'),
    },
  ];
}
