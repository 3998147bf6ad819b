import { compareValues } from '../../../shared/query/sort-order.ts';
import type { ReadableDb } from '../../store/open.ts';
import type { ColumnValue } from '../../store/tracking/columns.ts';
import { type LoggedModel, listLoggedModels, type ModelMetric } from '../../store/tracking/logged-models.ts';
import {
  intWithin,
  invalidValue,
  objectList,
  optionalBoolean,
  optionalText,
  requiredText,
  textList,
} from '../fields.ts';
import { studyIdOf } from '../ids.ts';
import { invalid } from '../mlflow-error.ts';
import { readToken, writeToken } from '../page-token.ts';
import type { Input } from '../route.ts';
import { checkClause } from './check-clause.ts';
import { type Clause, type Identifier, parseClauses, parseOrder } from './clause.ts';
import { clauseTest } from './condition.ts';

const mostResults = 1_000;
const usualResults = 100;
const tokenKind = 'logged-models';

/** Other names of the two times. */
const times: Record<string, 'createdAt' | 'changedAt'> = {
  creation_timestamp: 'createdAt',
  creation_time: 'createdAt',
  creation_timestamp_ms: 'createdAt',
  last_updated_timestamp: 'changedAt',
  last_updated_time: 'changedAt',
  last_updated_timestamp_ms: 'changedAt',
};
const statusNames = { pending: 'PENDING', ready: 'READY', failed: 'UPLOAD_FAILED' };
const texts: Record<string, (model: LoggedModel) => string | null> = {
  name: ({ name }) => name,
  model_id: ({ id }) => id,
  model_type: ({ type }) => type,
  status: ({ status }) => statusNames[status],
  source_run_id: ({ run }) => run,
};

/** Which dataset a metric is of; null as digest: any. */
type DatasetFilter = { name: string; digest: string | null };
type Order = Identifier & { descending: boolean; dataset: DatasetFilter | null };

/** `logged_model.id` of a page of models, and the token of the next. Throws INVALID_PARAMETER_VALUE. */
export function searchLoggedModels(db: ReadableDb, input: Input): { models: number[]; next: string | null } {
  const studies = textList(input, 'experiment_ids').map(studyIdOf);
  const clauses = parseClauses(optionalText(input, 'filter') ?? '').map(checkModelClause);
  const datasets = objectList(input, 'datasets').map((one, index) => datasetOf(one, `datasets[${index}].`));
  const orders = objectList(input, 'order_by').map(orderOf);
  const limit = intWithin(input, 'max_results', 1, mostResults, usualResults);
  const from = readToken(optionalText(input, 'page_token'), tokenKind);
  const known = studies.filter((id) => id !== null);
  const found = listLoggedModels(db, known)
    .filter(satisfies(clauses, datasets))
    .filter((model) => datasets.length === 0 || model.metrics.some((metric) => isOfOne(metric, datasets)))
    .sort((a, b) => compareModels(a, b, orders));
  return {
    models: found.slice(from, from + limit).map(({ pk }) => pk),
    next: found.length > from + limit ? writeToken(from + limit, tokenKind) : null,
  };
}

function checkModelClause(clause: Clause): Clause {
  const { entity, key } = clause;
  if (entity === 'dataset') throw invalid("Datasets are named in the field 'datasets', not in the filter.");
  if (entity === 'metric') return checkClause(clause, 'number', null);
  if (entity !== 'attribute') return checkClause(clause, 'text', 'list');
  if (Object.hasOwn(times, key)) return checkClause(clause, 'number', null);
  checkAttribute(key);
  const { value, ...checked } = checkClause(clause, 'text', 'list');
  // Clients name a status with and without its prefix.
  const plain = (text: string): string => (key === 'status' ? text.replace(/^LOGGED_MODEL_/, '') : text);
  return { ...checked, value: Array.isArray(value) ? value.map(plain) : plain(String(value)) };
}

function checkAttribute(key: string): void {
  if (Object.hasOwn(texts, key)) return;
  const known = [...Object.keys(texts), 'creation_timestamp', 'last_updated_timestamp'].join(', ');
  throw invalid(`Invalid attribute key '${key.slice(0, 100)}': logged models have ${known}.`);
}

/** A metric satisfies a condition when one of its points does, among those of the datasets if any are named. */
function satisfies(clauses: Clause[], datasets: DatasetFilter[]): (model: LoggedModel) => boolean {
  const plain = clauseTest(
    clauses.filter(({ entity }) => entity !== 'metric'),
    (named) => (model: LoggedModel) => plainValue(model, named),
  );
  const ofMetrics = clauses
    .filter(({ entity }) => entity === 'metric')
    .map((clause) => {
      const test = clauseTest(
        [clause],
        () =>
          ({ value }: ModelMetric) =>
            value,
      );
      const counts = (metric: ModelMetric) =>
        metric.key === clause.key && (datasets.length === 0 || isOfOne(metric, datasets));
      return (model: LoggedModel) => model.metrics.some((metric) => counts(metric) && test(metric));
    });
  return (model) => plain(model) && ofMetrics.every((test) => test(model));
}

function plainValue(model: LoggedModel, { entity, key }: Identifier): ColumnValue {
  if (entity === 'param') return model.params.find((one) => one.key === key)?.value;
  if (entity === 'tag') return model.tags.find((one) => one.key === key)?.value;
  const time = times[key];
  return time === undefined ? (texts[key]!(model) ?? undefined) : model[time];
}

function isOfOne({ datasetName, datasetDigest }: ModelMetric, datasets: DatasetFilter[]): boolean {
  return datasets.some(({ name, digest }) => name === datasetName && (digest === null || digest === datasetDigest));
}

function datasetOf(one: Input, at: string): DatasetFilter {
  return { name: requiredText(one, 'dataset_name', at), digest: optionalText(one, 'dataset_digest', at) || null };
}

function orderOf(one: Input, index: number): Order {
  const at = `order_by[${index}].`;
  const name = requiredText(one, 'field_name', at);
  const { entity, key } = parseOrder(name);
  if (entity !== 'metric' && entity !== 'attribute') {
    throw invalidValue(name, `${at}field_name`, 'models are ordered by metrics and attributes');
  }
  if (entity === 'attribute' && !Object.hasOwn(times, key)) checkAttribute(key);
  const dataset = optionalText(one, 'dataset_name', at) ? datasetOf(one, at) : null;
  return { entity, key, descending: optionalBoolean(one, 'ascending') === false, dataset };
}

/** In the order asked for, then the newest first. */
function compareModels(a: LoggedModel, b: LoggedModel, orders: Order[]): number {
  for (const order of orders) {
    const found = compareValues(orderValue(a, order), orderValue(b, order), order.descending);
    if (found !== 0) return found;
  }
  return b.createdAt - a.createdAt || (a.id < b.id ? -1 : 1);
}

/** Of a metric the newest point: they come in the order of time, then step. */
function orderValue(model: LoggedModel, order: Order): ColumnValue {
  if (order.entity === 'attribute') return plainValue(model, order);
  return model.metrics
    .filter(({ key }) => key === order.key)
    .findLast((metric) => order.dataset === null || isOfOne(metric, [order.dataset]))?.value;
}
