import type { ImportedModel, ImportedVersion } from '../../store/imports/imported-model.ts';
import { placeOf } from './address.ts';

/** A version as MLflow keeps it, in files or in a database; `storage` is where a copy's files really are. */
export type MlflowVersion = Omit<ImportedVersion, 'run' | 'place'> & { run: string | null; storage: string };

/** A model for the registry of the vault; `keyOfRun` gives the key under which a run is imported. */
export function toImportedModel(
  model: Omit<ImportedModel, 'versions'>,
  versions: MlflowVersion[],
  keyOfRun: (run: string) => string,
): ImportedModel {
  return {
    ...model,
    versions: versions
      .map(({ run: named, storage, ...version }): ImportedVersion => {
        const place = placeOf(version.source, named) ?? placeOf(storage, named);
        const run = named ?? place?.run ?? null;
        return { ...version, run: run === null ? null : keyOfRun(run), place };
      })
      .sort((a, b) => a.number - b.number),
  };
}
