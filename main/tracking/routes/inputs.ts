import type { WritableDb } from '../../store/open.ts';
import { addDatasetInputs, type DatasetInput, summarizeDatasets } from '../../store/tracking/datasets.ts';
import { loggableRun, setRunTags } from '../../store/tracking/log.ts';
import { addRunModels, type RunModel } from '../../store/tracking/run-models.ts';
import { intWithin, isObject, missingValue, objectList, optionalText, requiredText, textList } from '../fields.ts';
import { experimentOf, runIdOf, runOf } from '../ids.ts';
import { present } from '../json-out.ts';
import { checkLength } from '../limits.ts';
import { invalid, notFound } from '../mlflow-error.ts';
import type { Input, Route } from '../route.ts';

const most = { datasets: 1_000, models: 1_000, studies: 20, summaries: 1_000 };
const longest = {
  ...{ name: 500, digest: 36, sourceType: 36, source: 65_535, schema: 1_048_575, profile: 16_777_215 },
  ...{ tagKey: 255, tagValue: 500 },
};
const historyTag = 'mlflow.log-model.history';

/** What runs read and made: datasets, models, and the list of models that MLflow 2 keeps in a tag. */
export const inputRoutes: Route[] = [
  {
    method: 'POST',
    path: 'mlflow/runs/log-inputs',
    bodyLimit: 34 * 2 ** 20,
    async handle({ write }, input) {
      const id = runIdOf(input);
      const datasets = listed(input, 'datasets', most.datasets).map(datasetInputOf);
      const models = listed(input, 'models', most.models).map(
        (one, index): RunModel => ({
          model: requiredText(one, 'model_id', `models[${index}].`),
          role: 'input',
          step: 0,
        }),
      );
      await write(({ db }) => {
        const run = loggableRun(db, id);
        const { study } = runOf(db, id);
        addDatasetInputs(db, run.pk, study, datasets);
        linkModels(db, run.pk, study, models);
      });
    },
  },
  {
    method: 'POST',
    path: 'mlflow/runs/outputs',
    async handle({ write }, input) {
      const id = runIdOf(input);
      const models = listed(input, 'models', most.models).map(
        (one, index): RunModel => ({
          model: requiredText(one, 'model_id', `models[${index}].`),
          role: 'output',
          step: intWithin(one, 'step', Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER, 0),
        }),
      );
      if (models.length === 0) throw missingValue('models');
      await write(({ db }) => linkModels(db, loggableRun(db, id).pk, runOf(db, id).study, models));
    },
  },
  {
    method: 'POST',
    path: 'mlflow/runs/log-model',
    async handle({ write }, input) {
      const id = runIdOf(input);
      const model = modelJsonOf(requiredText(input, 'model_json'));
      await write(({ db }) => {
        const before = runOf(db, id).tags.find(({ key }) => key === historyTag)?.value ?? '[]';
        setRunTags(db, loggableRun(db, id), [{ key: historyTag, value: appended(before, model) }]);
      });
    },
  },
  {
    method: 'POST',
    path: 'mlflow/experiments/search-datasets',
    handle({ vault }, input) {
      const ids = textList(input, 'experiment_ids');
      if (ids.length === 0) throw missingValue('experiment_ids');
      if (ids.length > most.studies)
        throw invalid(`At most ${most.studies} experiments can be asked for. Got ${ids.length}.`);
      const studies = ids.map((id) => experimentOf(vault.db, id).id);
      const summaries = summarizeDatasets(vault.db, studies, most.summaries);
      return {
        dataset_summaries: summaries.map(({ study, name, digest, context }) =>
          present({ experiment_id: String(study), name, digest, context }),
        ),
      };
    },
  },
];

function listed(input: Input, name: string, limit: number): Input[] {
  const list = objectList(input, name);
  if (list.length > limit) throw invalid(`A request can contain at most ${limit} ${name}. Got ${list.length} ${name}.`);
  return list;
}

function datasetInputOf(one: Input, index: number): DatasetInput {
  const at = `datasets[${index}].`;
  const inner = one['dataset'];
  if (!isObject(inner)) throw missingValue(`${at}dataset`);
  const text = (name: string, limit: number): string =>
    checkLength(requiredText(inner, name, `${at}dataset.`), limit, `dataset ${name}`);
  const optional = (name: string, limit: number): string | null => {
    const value = optionalText(inner, name, `${at}dataset.`);
    return value === undefined ? null : checkLength(value, limit, `dataset ${name}`);
  };
  return {
    dataset: {
      name: text('name', longest.name),
      digest: text('digest', longest.digest),
      sourceType: text('source_type', longest.sourceType),
      source: text('source', longest.source),
      schema: optional('schema', longest.schema),
      profile: optional('profile', longest.profile),
    },
    tags: objectList(one, 'tags', at).map((tag, nth) => ({
      key: checkLength(requiredText(tag, 'key', `${at}tags[${nth}].`), longest.tagKey, 'input tag key'),
      value: checkLength(optionalText(tag, 'value', `${at}tags[${nth}].`) ?? '', longest.tagValue, 'input tag value'),
    })),
  };
}

function linkModels(db: WritableDb, run: number, study: number, models: RunModel[]): void {
  const missing = models.length === 0 ? null : addRunModels(db, run, study, models);
  if (missing !== null) throw notFound(`Logged model with ID '${missing.slice(0, 100)}' not found.`);
}

const neededInModel = ['artifact_path', 'flavors', 'utc_time_created', 'run_id'];

function modelJsonOf(text: string): Input {
  let model: unknown;
  try {
    model = JSON.parse(text);
  } catch {
    model = null;
  }
  if (!isObject(model)) throw invalid("Malformed model info: 'model_json' is not a JSON object.");
  const missing = neededInModel.filter((name) => !(name in model));
  if (missing.length > 0) throw invalid(`Model json is missing mandatory fields: ${missing.join(', ')}`);
  return model;
}

function appended(history: string, model: Input): string {
  try {
    const list = JSON.parse(history) as unknown;
    if (Array.isArray(list)) return JSON.stringify([...list, model]);
  } catch {
    // A script may have put something else there, which the list replaces.
  }
  return JSON.stringify([model]);
}
