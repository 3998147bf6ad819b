import type { ImportFormat } from '../../shared/model/run-import.ts';
import type { Importer } from './importer.ts';

/** One file per format, loaded when it is asked for. */
const importers: Partial<Record<ImportFormat, () => Promise<Importer>>> = {
  'mlflow-db': async () => (await import('./mlflow-db/importer.ts')).mlflowDbImporter,
  mlruns: async () => (await import('./mlruns/importer.ts')).mlrunsImporter,
  tensorboard: async () => (await import('./tensorboard/importer.ts')).tensorboardImporter,
  csv: async () => (await import('./csv/importer.ts')).csvImporter,
  wandb: async () => (await import('./wandb/importer.ts')).wandbImporter,
  clearml: async () => (await import('./clearml/importer.ts')).clearmlImporter,
};

export const knownFormats = Object.keys(importers) as ImportFormat[];

export async function importerOf(format: ImportFormat): Promise<Importer> {
  const load = importers[format];
  if (load === undefined) throw new Error(`no importer of ${format}`);
  return load();
}
