import type { SkippedSource } from '../../shared/model/run-import.ts';
import { followStudyTags } from '../store/imports/study-tags.ts';
import { stampOfLoggedModel, writeLoggedModel } from '../store/imports/write-logged-model.ts';
import { writeRegisteredModel } from '../store/imports/write-registered-model.ts';
import type { Vault } from '../store/vault.ts';
import type { FoundSource, Reading } from './importer.ts';

type Target = { format: string; study: string | null; skippedBecause(path: string, error: unknown): SkippedSource };

/**
 * What a source holds beside its runs, after these: tags of experiments, models that runs logged, and its model registry. Each
 * model is written whole or not at all; one that cannot be taken is listed and the others come. Returns the versions added to the
 * registry. Throws as `importRuns`.
 */
export async function importModels(
  vault: Vault,
  { format, study, skippedBecause }: Target,
  found: FoundSource,
  reading: Reading,
): Promise<{ models: number; skipped: SkippedSource[] }> {
  const skipped: SkippedSource[] = [];
  // Runs of several experiments may go to one study: whose tags it should have then, nobody can say.
  if (study === null) for (const { name, tags } of found.studies ?? []) followStudyTags(vault.db, name, tags);
  for (const model of found.loggedModels ?? []) {
    await reading.pause();
    const stamp = stampOfLoggedModel(vault.db, model.uid);
    if (stamp === null || stamp === model.stamp) continue;
    try {
      const read = await model.read(reading);
      skipped.push(...read.skipped);
      const whole = study === null ? read.model : { ...read.model, study };
      const lost = writeLoggedModel(vault, format, model.stamp, whole);
      if (lost > 0)
        skipped.push({ path: model.path, reason: `${lost} of its points and uses are of runs that are not here` });
    } catch (error) {
      skipped.push(skippedBecause(model.path, error));
    }
  }
  let models = 0;
  for (const model of found.models ?? []) {
    await reading.pause();
    try {
      const written = writeRegisteredModel(vault, format, model);
      models += written.added;
      skipped.push(...written.skipped.map(({ path, reason }) => ({ path: `models/${path}`, reason })));
    } catch (error) {
      skipped.push(skippedBecause(`models/${model.name}`, error));
    }
  }
  return { models, skipped };
}
