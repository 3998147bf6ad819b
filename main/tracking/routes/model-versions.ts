import { userName } from '../../platform/user.ts';
import { appendAudit } from '../../store/audit.ts';
import { describeModel, tagModel } from '../../store/registry/models.ts';
import { moveVersion } from '../../store/registry/move-version.ts';
import { readVersions } from '../../store/registry/read-versions.ts';
import { deleteFromRegistry } from '../../store/registry/remove.ts';
import { readVersionRows, type VersionRow } from '../../store/registry/search-rows.ts';
import { addVersion } from '../../store/registry/versions.ts';
import { runKey } from '../../store/run-key.ts';
import { givenText, intWithin, optionalBoolean, optionalText, requiredText, textList } from '../fields.ts';
import { checkKey, tagsOf } from '../limits.ts';
import { invalid } from '../mlflow-error.ts';
import { downloadUri } from '../registry/download-uri.ts';
import { demandModel, modelNameOf, readOne, textOf, versionRefOf } from '../registry/find.ts';
import { versionJson } from '../registry/registry-json.ts';
import { type Fields, filterRows, pageOf, sortRows } from '../registry/search-registry.ts';
import { sourceOf } from '../registry/source.ts';
import { stageOf } from '../registry/stage-names.ts';
import type { Route } from '../route.ts';
import { checkModelTagValue, writing } from './registered-models.ts';

const mostVersions = 200_000;

const searchable: Fields<VersionRow> = {
  fields: {
    name: { kind: 'text', read: ({ model }) => model },
    version_number: { kind: 'number', read: ({ version }) => version },
    run_id: { kind: 'text', read: ({ run }) => run },
    source_path: { kind: 'text', read: ({ source }) => source },
    creation_timestamp: { kind: 'number', read: ({ createdAt }) => createdAt },
    last_updated_timestamp: { kind: 'number', read: ({ updatedAt }) => updatedAt },
  },
  tags: ({ tags }) => tags,
};
/** After the asked order: what changed last, then by name and number. */
const usualOrder = ['last_updated_timestamp DESC', 'name ASC', 'version_number DESC'];
const withUsual = (asked: string[]) => [
  ...asked,
  ...usualOrder.filter((own) => !asked.some((one) => one.trim().split(/\s/)[0] === own.split(' ')[0])),
];

/** Versions of the registry's models (docs/registry.md). */
export const modelVersionRoutes: Route[] = [
  {
    method: 'POST',
    path: 'mlflow/model-versions/create',
    handle(context, input) {
      const tags = Object.fromEntries(tagsOf(input, checkModelTagValue).map(({ key, value }) => [key, value]));
      const description = textOf(input, 'description');
      const runLink = textOf(input, 'run_link');
      return writing(context, (vault) => {
        const name = demandModel(vault.db, modelNameOf(input));
        const { run, ...source } = sourceOf(vault.db, input);
        const by = userName();
        const version = addVersion(vault.db, {
          ...source,
          model: name,
          run: run === null ? null : runKey(vault.db, run),
          runLink,
          description,
          tags,
          by,
          via: 'mlflow',
          reason: 'Registered by a client of the tracking server.',
        });
        appendAudit(vault, 'model.register', {
          model: name,
          version,
          run,
          files: source.files.length,
          by,
          via: 'mlflow',
        });
        return { model_version: versionJson(readOne(vault.db, { name, version })) };
      });
    },
  },
  {
    method: 'GET',
    path: 'mlflow/model-versions/get',
    handle: ({ vault: { db } }, input) => ({ model_version: versionJson(readOne(db, versionRefOf(db, input))) }),
  },
  {
    method: 'GET',
    path: 'mlflow/model-versions/search',
    handle({ vault }, input) {
      const size = intWithin(input, 'max_results', 1, mostVersions, 10_000);
      const found = filterRows(readVersionRows(vault.db), optionalText(input, 'filter') ?? '', searchable);
      const sorted = sortRows(found, withUsual(textList(input, 'order_by')), searchable);
      const { rows, next } = pageOf(sorted, size, optionalText(input, 'page_token'));
      const versions = readVersions(
        vault.db,
        rows.map(({ id }) => id),
      );
      return { model_versions: versions.map(versionJson), ...(next === undefined ? {} : { next_page_token: next }) };
    },
  },
  {
    method: 'PATCH',
    path: 'mlflow/model-versions/update',
    handle(context, input) {
      const description = textOf(input, 'description');
      return writing(context, ({ db }) => {
        const ref = versionRefOf(db, input);
        describeModel(db, ref.name, ref.version, description);
        return { model_version: versionJson(readOne(db, ref)) };
      });
    },
  },
  {
    method: 'DELETE',
    path: 'mlflow/model-versions/delete',
    handle: (context, input) =>
      writing(context, (vault) => {
        const { name, version } = versionRefOf(vault.db, input);
        deleteFromRegistry(vault, name, version, 'mlflow');
        return {};
      }),
  },
  {
    method: 'POST',
    path: 'mlflow/model-versions/transition-stage',
    handle(context, input) {
      const stage = stageOf(requiredText(input, 'stage'));
      const retireOthers = optionalBoolean(input, 'archive_existing_versions') ?? false;
      if (retireOthers && (stage === 'draft' || stage === 'retired')) {
        throw invalid(
          `Model version transition cannot archive existing model versions because '${String(input.stage)}' is not an Active stage. Valid stages are Staging, Production.`,
        );
      }
      return writing(context, (vault) => {
        const ref = versionRefOf(vault.db, input);
        moveVersion(vault, {
          ...ref,
          stage,
          reason: 'Moved by a client of the tracking server.',
          via: 'mlflow',
          retireOthers,
        });
        return { model_version: versionJson(readOne(vault.db, ref)) };
      });
    },
  },
  {
    method: 'POST',
    path: 'mlflow/model-versions/set-tag',
    handle(context, input) {
      const key = checkKey(requiredText(input, 'key'), 'key');
      const value = checkModelTagValue(givenText(input, 'value'));
      return writing(context, ({ db }) => {
        const { name, version } = versionRefOf(db, input);
        tagModel(db, name, version, key, value);
        return {};
      });
    },
  },
  {
    method: 'DELETE',
    path: 'mlflow/model-versions/delete-tag',
    handle: (context, input) =>
      writing(context, ({ db }) => {
        const { name, version } = versionRefOf(db, input);
        tagModel(db, name, version, requiredText(input, 'key'), null);
        return {};
      }),
  },
  {
    method: 'GET',
    path: 'mlflow/model-versions/get-download-uri',
    handle: ({ vault: { db } }, input) => ({ artifact_uri: downloadUri(db, readOne(db, versionRefOf(db, input))) }),
  },
];
