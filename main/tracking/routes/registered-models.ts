import type { ModelVersion } from '../../../shared/model/registry.ts';
import { createModel, describeModel, hasModel, renameModel, tagModel } from '../../store/registry/models.ts';
import { readModels } from '../../store/registry/read-models.ts';
import { deleteFromRegistry } from '../../store/registry/remove.ts';
import { type ModelRow, readModelRows } from '../../store/registry/search-rows.ts';
import { setAlias } from '../../store/registry/set-alias.ts';
import { givenText, intWithin, optionalText, requiredText, textList } from '../fields.ts';
import { checkKey, checkLength, tagsOf } from '../limits.ts';
import { invalid, MlflowError } from '../mlflow-error.ts';
import { demandModel, modelNameOf, modelOf, readOne, textOf, versionRefOf } from '../registry/find.ts';
import { latestOf, modelJson, versionJson } from '../registry/registry-json.ts';
import { type Fields, filterRows, pageOf, sortRows } from '../registry/search-registry.ts';
import { stageOf } from '../registry/stage-names.ts';
import type { JsonRoute, Route, RouteContext } from '../route.ts';

const mostModels = 1_000;
const longestTagValue = 100_000;
export const checkModelTagValue = (value: string): string => checkLength(value, longestTagValue, 'model tag value');

const searchable: Fields<ModelRow> = {
  fields: {
    name: { kind: 'text', read: ({ name }) => name },
    creation_timestamp: { kind: 'number', read: ({ createdAt }) => createdAt },
    last_updated_timestamp: { kind: 'number', read: ({ updatedAt }) => updatedAt },
    timestamp: { kind: 'number', read: ({ updatedAt }) => updatedAt },
  },
  tags: ({ tags }) => tags,
};

const alreadyExists = (name: string) =>
  new MlflowError('RESOURCE_ALREADY_EXISTS', `Registered Model (name=${name}) already exists.`);

/** The newest version of each stage that is asked for, of all four when none is. */
const latestVersions: JsonRoute['handle'] = ({ vault }, input) => {
  const wanted = textList(input, 'stages').map(stageOf);
  const asked = ({ stage }: ModelVersion) => wanted.length === 0 || wanted.includes(stage);
  return { model_versions: latestOf(modelOf(vault.db, input)).filter(asked).map(versionJson) };
};

/** A write of the registry, on the folder whose key signs the audit log. */
export const writing = <T>({ vault, write }: RouteContext, work: (vault: Parameters<typeof setAlias>[0]) => T) =>
  write(({ db }) => work({ dir: vault.dir, db }));

/** Models of the registry (docs/registry.md). */
export const registeredModelRoutes: Route[] = [
  {
    method: 'POST',
    path: 'mlflow/registered-models/create',
    handle(context, input) {
      const name = modelNameOf(input);
      const tags = Object.fromEntries(tagsOf(input, checkModelTagValue).map(({ key, value }) => [key, value]));
      const description = textOf(input, 'description');
      return writing(context, ({ db }) => {
        if (hasModel(db, name)) throw alreadyExists(name);
        createModel(db, name, { description, tags });
        return { registered_model: modelJson(modelOf(db, { name })) };
      });
    },
  },
  {
    method: 'POST',
    path: 'mlflow/registered-models/rename',
    handle(context, input) {
      const next = modelNameOf(input, 'new_name');
      return writing(context, ({ db }) => {
        const name = demandModel(db, modelNameOf(input));
        if (next !== name && hasModel(db, next)) throw alreadyExists(next);
        renameModel(db, name, next);
        return { registered_model: modelJson(modelOf(db, { name: next })) };
      });
    },
  },
  {
    method: 'GET',
    path: 'mlflow/registered-models/get',
    handle: ({ vault }, input) => ({ registered_model: modelJson(modelOf(vault.db, input)) }),
  },
  {
    method: 'PATCH',
    path: 'mlflow/registered-models/update',
    handle(context, input) {
      const description = textOf(input, 'description');
      return writing(context, ({ db }) => {
        const name = demandModel(db, modelNameOf(input));
        describeModel(db, name, null, description);
        return { registered_model: modelJson(modelOf(db, { name })) };
      });
    },
  },
  {
    method: 'DELETE',
    path: 'mlflow/registered-models/delete',
    handle: (context, input) =>
      writing(context, (vault) => {
        deleteFromRegistry(vault, demandModel(vault.db, modelNameOf(input)), null, 'mlflow');
        return {};
      }),
  },
  {
    method: 'GET',
    path: 'mlflow/registered-models/search',
    handle({ vault }, input) {
      const size = intWithin(input, 'max_results', 1, mostModels, 100);
      const found = filterRows(readModelRows(vault.db), optionalText(input, 'filter') ?? '', searchable);
      const sorted = sortRows(found, textList(input, 'order_by'), searchable);
      const { rows, next } = pageOf(sorted, size, optionalText(input, 'page_token'));
      const models = readModels(
        vault.db,
        rows.map(({ id }) => id),
      );
      return { registered_models: models.map(modelJson), ...(next === undefined ? {} : { next_page_token: next }) };
    },
  },
  { method: 'GET', path: 'mlflow/registered-models/get-latest-versions', handle: latestVersions },
  { method: 'POST', path: 'mlflow/registered-models/get-latest-versions', handle: latestVersions },
  {
    method: 'POST',
    path: 'mlflow/registered-models/set-tag',
    handle(context, input) {
      const key = checkKey(requiredText(input, 'key'), 'key');
      const value = checkModelTagValue(givenText(input, 'value'));
      return writing(context, ({ db }) => {
        tagModel(db, demandModel(db, modelNameOf(input)), null, key, value);
        return {};
      });
    },
  },
  {
    method: 'DELETE',
    path: 'mlflow/registered-models/delete-tag',
    handle: (context, input) =>
      writing(context, ({ db }) => {
        tagModel(db, demandModel(db, modelNameOf(input)), null, requiredText(input, 'key'), null);
        return {};
      }),
  },
  {
    method: 'POST',
    path: 'mlflow/registered-models/alias',
    handle(context, input) {
      const alias = requiredText(input, 'alias');
      return writing(context, (vault) => {
        const { name, version } = versionRefOf(vault.db, input);
        setAlias(vault, name, alias, version, 'mlflow');
        return {};
      });
    },
  },
  {
    method: 'DELETE',
    path: 'mlflow/registered-models/alias',
    handle(context, input) {
      const alias = requiredText(input, 'alias');
      return writing(context, (vault) => {
        setAlias(vault, demandModel(vault.db, modelNameOf(input)), alias, null, 'mlflow');
        return {};
      });
    },
  },
  {
    method: 'GET',
    path: 'mlflow/registered-models/alias',
    handle({ vault }, input) {
      const alias = requiredText(input, 'alias');
      const { name, aliases } = modelOf(vault.db, input);
      const found = aliases.find((one) => one.alias === alias);
      if (found === undefined) throw invalid(`Registered model alias ${alias.slice(0, 255)} not found.`);
      return { model_version: versionJson(readOne(vault.db, { name, version: found.version })) };
    },
  },
];
