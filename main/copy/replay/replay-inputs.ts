import { runKey } from '../../store/run-key.ts';
import { readDatasetInputs } from '../../store/tracking/datasets.ts';
import type { ReadableVault } from '../../store/vault.ts';
import type { MlflowApi } from './mlflow-api.ts';

/** What a run read, as its script described it; the dataset version of a recipe by name and hash. The server takes a repeat once. */
export async function replayInputs({ db }: ReadableVault, api: MlflowApi, there: string, run: string): Promise<void> {
  const pk = runKey(db, run);
  const datasets = (readDatasetInputs(db, [pk]).get(pk) ?? []).map(({ dataset, tags }) => {
    const { name, digest, sourceType, source, schema, profile } = dataset;
    const more = { ...(schema === null ? {} : { schema }), ...(profile === null ? {} : { profile }) };
    return { tags, dataset: { name, digest, source_type: sourceType, source, ...more } };
  });
  if (datasets.length > 0) await api.post('runs/log-inputs', { run_id: there, datasets });
}
