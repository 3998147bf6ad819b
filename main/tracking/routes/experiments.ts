import { createExperiment, findExperimentByName } from '../../store/tracking/experiments.ts';
import { experimentJson } from '../experiment-json.ts';
import { requiredText } from '../fields.ts';
import { experimentOf } from '../ids.ts';
import { checkExperimentName, checkExperimentTagValue, tagsOf } from '../limits.ts';
import { notFound } from '../mlflow-error.ts';
import type { Route } from '../route.ts';

/** Experiments are studies. `artifact_location` of a request is passed over: artifacts are kept in the vault. */
export const experimentRoutes: Route[] = [
  {
    method: 'POST',
    path: 'mlflow/experiments/create',
    handle({ write }, input) {
      const name = checkExperimentName(requiredText(input, 'name'));
      const tags = tagsOf(input, checkExperimentTagValue);
      return write(({ db }) => ({ experiment_id: String(createExperiment(db, name, tags)) }));
    },
  },
  {
    method: 'GET',
    path: 'mlflow/experiments/get',
    handle: ({ vault }, input) => ({
      experiment: experimentJson(experimentOf(vault.db, requiredText(input, 'experiment_id'))),
    }),
  },
  {
    method: 'GET',
    path: 'mlflow/experiments/get-by-name',
    handle({ vault }, input) {
      const name = requiredText(input, 'experiment_name');
      const found = findExperimentByName(vault.db, name);
      if (found === null) throw notFound(`Could not find experiment with name '${name}'`);
      return { experiment: experimentJson(found) };
    },
  },
];
