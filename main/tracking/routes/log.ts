import { loggableRun, logParams, logPoints } from '../../store/tracking/log.ts';
import { objectList, requiredText } from '../fields.ts';
import { runIdOf, runOf } from '../ids.ts';
import { paramOf, pointOf, tagOf } from '../logged-fields.ts';
import { invalid } from '../mlflow-error.ts';
import { modelPointsOf, writeModelPoints } from '../model-points.ts';
import type { Input, Route } from '../route.ts';
import { removeRunTag, writeRunTags } from '../run-tags.ts';

const most = { metrics: 1_000, params: 100, tags: 100, all: 1_000 };

/** What a training script calls in its loop. Each is answered once it is committed, and each may be sent twice. */
export const logRoutes: Route[] = [
  {
    method: 'POST',
    path: 'mlflow/runs/log-metric',
    async handle({ write }, input) {
      const id = runIdOf(input);
      const point = pointOf(input);
      const ofModels = modelPointsOf([input], [point]);
      await write((batch) => {
        const run = loggableRun(batch.db, id);
        writeModelPoints(batch.db, run.pk, ofModels);
        logPoints(batch, run, [point]);
      });
    },
  },
  {
    method: 'POST',
    path: 'mlflow/runs/log-parameter',
    async handle({ write }, input) {
      const id = runIdOf(input);
      const param = paramOf(input);
      await write(({ db }) => logParams(db, loggableRun(db, id), [param]));
    },
  },
  {
    method: 'POST',
    path: 'mlflow/runs/log-batch',
    bodyLimit: 2 ** 24,
    async handle({ write }, input) {
      const id = runIdOf(input);
      const { metrics, params, tags, ofModels } = batchOf(input);
      await write((batch) => {
        const run = loggableRun(batch.db, id);
        logParams(batch.db, run, params);
        writeRunTags(batch.db, run, tags);
        writeModelPoints(batch.db, run.pk, ofModels);
        logPoints(batch, run, metrics);
      });
    },
  },
  {
    method: 'POST',
    path: 'mlflow/runs/set-tag',
    async handle({ write }, input) {
      const id = runIdOf(input);
      const tag = tagOf(input);
      await write(({ db }) => writeRunTags(db, loggableRun(db, id), [tag]));
    },
  },
  {
    method: 'POST',
    path: 'mlflow/runs/delete-tag',
    async handle({ write }, input) {
      const id = runIdOf(input);
      const key = requiredText(input, 'key');
      await write(({ db }) => removeRunTag(db, loggableRun(db, id), key, runOf(db, id).note));
    },
  },
];

function batchOf(input: Input) {
  const metrics = objectList(input, 'metrics');
  const params = objectList(input, 'params');
  const tags = objectList(input, 'tags');
  for (const [name, list, limit] of [
    ['metrics', metrics, most.metrics],
    ['params', params, most.params],
    ['tags', tags, most.tags],
  ] as const) {
    if (list.length > limit) {
      throw invalid(`A batch logging request can contain at most ${limit} ${name}. Got ${list.length} ${name}.`);
    }
  }
  const all = metrics.length + params.length + tags.length;
  if (all > most.all) {
    throw invalid(`A batch logging request can contain at most ${most.all} entities. Got ${all} entities.`);
  }
  const pairs = params.map((param, index) => paramOf(param, `params[${index}].`));
  if (new Set(pairs.map(({ key }) => key)).size < pairs.length) {
    throw invalid('Duplicate parameter keys have been submitted: a param is logged once.');
  }
  const points = metrics.map((metric, index) => pointOf(metric, `metrics[${index}].`));
  return {
    metrics: points,
    ofModels: modelPointsOf(metrics, points),
    params: pairs,
    tags: tags.map((tag, index) => tagOf(tag, `tags[${index}].`)),
  };
}
