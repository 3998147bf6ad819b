import {
  deleteExperimentTag,
  findExperimentByName,
  renameExperiment,
  setExperimentDeleted,
  setExperimentTag,
} from '../../store/tracking/experiments.ts';
import { experimentJson } from '../experiment-json.ts';
import { intWithin, optionalEnum, optionalText, requiredText, textList } from '../fields.ts';
import { activeExperimentOf, experimentOf } from '../ids.ts';
import { checkExperimentName, checkExperimentTagValue, checkKey } from '../limits.ts';
import { MlflowError, notFound } from '../mlflow-error.ts';
import { readToken, writeToken } from '../page-token.ts';
import type { Input, Route, RouteContext } from '../route.ts';
import { viewTypes } from '../run-json.ts';
import { searchExperiments } from '../search/search-experiments.ts';

function search({ vault }: RouteContext, input: Input): Record<string, unknown> {
  const start = readToken(optionalText(input, 'page_token'), 'experiments');
  const limit = intWithin(input, 'max_results', 1, 50_000, 1_000);
  const found = searchExperiments(vault.db, {
    view: optionalEnum(input, 'view_type', viewTypes) ?? 'ACTIVE_ONLY',
    filter: optionalText(input, 'filter') ?? '',
    orderBy: textList(input, 'order_by'),
  });
  const page = found.slice(start, start + limit);
  const more = start + page.length < found.length;
  return {
    experiments: page.map(experimentJson),
    ...(more ? { next_page_token: writeToken(start + page.length, 'experiments') } : {}),
  };
}

export const editExperimentRoutes: Route[] = [
  { method: 'POST', path: 'mlflow/experiments/search', handle: search },
  { method: 'GET', path: 'mlflow/experiments/search', handle: search },
  {
    method: 'POST',
    path: 'mlflow/experiments/update',
    async handle({ write }, input) {
      const id = requiredText(input, 'experiment_id');
      const name = checkExperimentName(requiredText(input, 'new_name'));
      await write(({ db }) => {
        const experiment = experimentOf(db, id);
        if (experiment.deleted) throw new MlflowError('INVALID_STATE', 'Cannot rename a deleted experiment.');
        const other = findExperimentByName(db, name);
        if (other !== null && other.id !== experiment.id) {
          throw new MlflowError('BAD_REQUEST', `Experiment (name=${name}) already exists.`);
        }
        renameExperiment(db, experiment.id, name);
      });
    },
  },
  ...(['delete', 'restore'] as const).map(
    (what): Route => ({
      method: 'POST',
      path: `mlflow/experiments/${what}`,
      async handle({ write }, input) {
        const id = requiredText(input, 'experiment_id');
        await write(({ db }) => {
          const experiment = experimentOf(db, id);
          if (experiment.deleted === (what === 'delete')) {
            throw notFound(
              `No Experiment with id=${id} exists ${experiment.deleted ? 'that is active' : 'that is deleted'}`,
            );
          }
          setExperimentDeleted(db, experiment.id, what === 'delete');
        });
      },
    }),
  ),
  {
    method: 'POST',
    path: 'mlflow/experiments/set-experiment-tag',
    async handle({ write }, input) {
      const id = requiredText(input, 'experiment_id');
      const key = checkKey(requiredText(input, 'key'), 'key');
      const value = checkExperimentTagValue(optionalText(input, 'value') ?? '');
      await write(({ db }) => setExperimentTag(db, activeExperimentOf(db, id).id, key, value));
    },
  },
  {
    method: 'POST',
    path: 'mlflow/experiments/delete-experiment-tag',
    async handle({ write }, input) {
      const id = requiredText(input, 'experiment_id');
      const key = requiredText(input, 'key');
      await write(({ db }) => {
        if (deleteExperimentTag(db, activeExperimentOf(db, id).id, key)) return;
        throw notFound(`No tag with name: ${key} in experiment with id ${id}`);
      });
    },
  },
];
