import type { ReadableDb } from '../store/open.ts';
import { type DatasetInput, readDatasetInputs } from '../store/tracking/datasets.ts';
import { readRunModels } from '../store/tracking/run-models.ts';
import { present } from './json-out.ts';

/** What each of these runs (`run.id`) read and made, as parts of its JSON. */
export function readRelations(db: ReadableDb, runs: number[]): (run: number) => Record<string, unknown> {
  const datasets = readDatasetInputs(db, runs);
  const models = readRunModels(db, runs);
  return (run) => {
    const ofRun = models.get(run) ?? [];
    return {
      inputs: {
        dataset_inputs: (datasets.get(run) ?? []).map(datasetInputJson),
        model_inputs: ofRun.filter(({ role }) => role === 'input').map(({ model }) => ({ model_id: model })),
      },
      outputs: {
        model_outputs: ofRun
          .filter(({ role }) => role === 'output')
          .map(({ model, step }) => ({ model_id: model, step })),
      },
    };
  };
}

function datasetInputJson({ dataset, tags }: DatasetInput): Record<string, unknown> {
  const { name, digest, sourceType, source, schema, profile } = dataset;
  return { tags, dataset: present({ name, digest, source_type: sourceType, source, schema, profile }) };
}
