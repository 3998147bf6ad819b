import type { ReadableDb } from '../../store/open.ts';
import {
  addModelParams,
  createLoggedModel,
  deleteLoggedModel,
  deleteModelTag,
  findLoggedModel,
  finishLoggedModel,
  type LoggedModel,
  readLoggedModels,
  setModelTags,
} from '../../store/tracking/logged-models.ts';
import { missingValue, objectList, optionalBoolean, optionalEnum, optionalText, requiredText } from '../fields.ts';
import { activeExperimentOf, runOf } from '../ids.ts';
import { checkLength, cutTagValue, tagsOf } from '../limits.ts';
import { paramOf } from '../logged-fields.ts';
import { loggedModelJson, modelStatuses, statusOf } from '../logged-model-json.ts';
import { invalid, notFound } from '../mlflow-error.ts';
import { Refusal } from '../refusal.ts';
import type { Input, Route } from '../route.ts';
import { inventRunName } from '../run-name.ts';
import { searchLoggedModels } from '../search/search-logged-models.ts';

const longestName = 250;
const mostParams = 100;
const longestMessage = 2_000;

/** Models that scripts log (MLflow 3), with their own params, tags, metrics and files. */
export const loggedModelRoutes: Route[] = [
  {
    method: 'POST',
    path: 'mlflow/logged-models',
    async handle({ vault, write }, input) {
      const model = newModelOf(input);
      const source = optionalText(input, 'source_run_id') || null;
      const uid = await write(({ db }) => {
        const study = activeExperimentOf(db, requiredText(input, 'experiment_id')).id;
        return createLoggedModel(db, { ...model, study, run: source === null ? null : sourceRun(db, source, study) });
      });
      return { model: loggedModelJson(findLoggedModel(vault.db, uid)!) };
    },
  },
  { method: 'POST', path: 'mlflow/logged-models/search', handle: ({ vault }, input) => searchRoute(vault.db, input) },
  {
    method: 'GET',
    path: 'mlflow/logged-models/:model_id',
    handle({ vault }, input) {
      const model = modelOf(vault.db, input, optionalBoolean(input, 'allow_deleted') === true);
      return { model: loggedModelJson(model) };
    },
  },
  {
    method: 'PATCH',
    path: 'mlflow/logged-models/:model_id',
    async handle({ vault, write }, input) {
      const named = optionalEnum(input, 'status', modelStatuses);
      if (named === undefined) throw missingValue('status');
      const message = optionalText(input, 'status_message')?.slice(0, longestMessage) ?? null;
      await write(({ db }) => finishLoggedModel(db, modelOf(db, input).pk, statusOf(named), message));
      return { model: loggedModelJson(modelOf(vault.db, input)) };
    },
  },
  {
    method: 'DELETE',
    path: 'mlflow/logged-models/:model_id',
    handle: ({ write }, input) => write(({ db }) => deleteLoggedModel(db, modelOf(db, input).pk)),
  },
  {
    method: 'POST',
    path: 'mlflow/logged-models/:model_id/params',
    async handle({ write }, input) {
      const params = paramsOf(input);
      await write(({ db }) => {
        const changed = addModelParams(db, modelOf(db, input).pk, params);
        if (changed !== null) {
          throw invalid(`Changing param values is not allowed. The param '${changed}' has another value already.`);
        }
      });
    },
  },
  {
    method: 'PATCH',
    path: 'mlflow/logged-models/:model_id/tags',
    async handle({ vault, write }, input) {
      const tags = tagsOf(input, cutTagValue);
      await write(({ db }) => setModelTags(db, modelOf(db, input).pk, tags));
      return { model: loggedModelJson(modelOf(vault.db, input)) };
    },
  },
  {
    method: 'DELETE',
    path: 'mlflow/logged-models/:model_id/tags/:tag_key',
    handle({ write }, input) {
      const key = requiredText(input, 'tag_key');
      return write(({ db }) => {
        const { pk, id } = modelOf(db, input);
        if (!deleteModelTag(db, pk, key)) throw notFound(`No tag with name: ${key} in model with id ${id}`);
      });
    },
  },
];

function searchRoute(db: ReadableDb, input: Input): Record<string, unknown> {
  const { models, next } = searchLoggedModels(db, input);
  return {
    models: readLoggedModels(db, models).map(loggedModelJson),
    ...(next === null ? {} : { next_page_token: next }),
  };
}

/** Throws RESOURCE_DOES_NOT_EXIST. */
function modelOf(db: ReadableDb, input: Input, deletedToo = false): LoggedModel {
  const id = requiredText(input, 'model_id');
  const found = findLoggedModel(db, id);
  if (found === null || (found.deleted && !deletedToo)) {
    throw notFound(`Logged model with ID '${id.slice(0, 100)}' not found.`);
  }
  return found;
}

function newModelOf(input: Input) {
  const name = optionalText(input, 'name') || inventRunName();
  if (/[/:.%"'\p{Cc}]/u.test(name)) {
    throw invalid(
      `Invalid model name ('${name.slice(0, 100)}'): it has no slash, colon, full stop, percent sign or quote.`,
    );
  }
  checkLength(name, longestName, 'model name');
  const type = optionalText(input, 'model_type') || null;
  if (type !== null) checkLength(type, longestName, 'model type');
  return { name, type, params: paramsOf(input), tags: tagsOf(input, cutTagValue) };
}

function paramsOf(input: Input) {
  const params = objectList(input, 'params').map((param, index) => paramOf(param, `params[${index}].`));
  if (params.length > mostParams) {
    throw invalid(`A request can contain at most ${mostParams} params. Got ${params.length} params.`);
  }
  if (new Set(params.map(({ key }) => key)).size < params.length) {
    throw invalid('Duplicate parameter keys have been submitted: a param is logged once.');
  }
  return params;
}

/** `run.id`. Throws RESOURCE_DOES_NOT_EXIST, or Refusal `foreign-id` for a run of another experiment. */
function sourceRun(db: ReadableDb, id: string, study: number): number {
  const run = runOf(db, id);
  if (run.study === study) return run.pk;
  throw new Refusal('foreign-id', 400, `The run ${id} belongs to another experiment than this model.`);
}
