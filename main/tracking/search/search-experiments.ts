import { compareValues } from '../../../shared/query/sort-order.ts';
import type { ReadableDb } from '../../store/open.ts';
import type { ColumnValue } from '../../store/tracking/columns.ts';
import { type Experiment, listExperiments } from '../../store/tracking/experiments.ts';
import { invalid } from '../mlflow-error.ts';
import { checkClause } from './check-clause.ts';
import { type Identifier, parseClauses, parseOrder } from './clause.ts';
import { clauseTest } from './condition.ts';

export type ExperimentSearch = { view: 'ACTIVE_ONLY' | 'DELETED_ONLY' | 'ALL'; filter: string; orderBy: string[] };

const numbers = new Set(['creation_time', 'last_update_time']);
const texts = new Set(['name', 'experiment_id']);

/** In the order asked for, then the newest first. Throws INVALID_PARAMETER_VALUE. */
export function searchExperiments(db: ReadableDb, { view, filter, orderBy }: ExperimentSearch): Experiment[] {
  const clauses = parseClauses(filter).map((clause) => {
    checkName(clause, false);
    if (clause.entity === 'tag') return checkClause(clause, 'text', 'null');
    return checkClause(clause, isNumber(clause) ? 'number' : 'text', clause.key === 'experiment_id' ? 'list' : null);
  });
  const orders = orderBy.map(parseOrder);
  for (const order of orders) checkName(order, true);
  return listExperiments(db)
    .filter(({ deleted }) => view === 'ALL' || deleted === (view === 'DELETED_ONLY'))
    .filter(clauseTest(clauses, (named) => (experiment) => comparedIn(experiment, named)))
    .sort((a, b) => {
      for (const order of orders) {
        const found = compareValues(valueIn(a, order), valueIn(b, order), order.descending);
        if (found !== 0) return found;
      }
      return b.createdAt - a.createdAt || a.id - b.id;
    });
}

const isNumber = ({ entity, key }: Identifier): boolean => entity === 'attribute' && numbers.has(key);

function checkName({ entity, key }: Identifier, inOrder: boolean): void {
  if (entity === 'tag' && !inOrder) return;
  if (entity === 'attribute' && (numbers.has(key) || texts.has(key))) return;
  throw invalid(
    `Invalid attribute key '${key.slice(0, 100)}': experiments have a name, an experiment_id, a creation_time, a last_update_time and tags.`,
  );
}

/** An id is compared as text, and put in order as a number. */
function comparedIn(experiment: Experiment, named: Identifier): ColumnValue {
  const value = valueIn(experiment, named);
  return named.entity === 'attribute' && named.key === 'experiment_id' ? String(value) : value;
}

function valueIn(experiment: Experiment, { entity, key }: Identifier): ColumnValue {
  if (entity === 'tag') return experiment.tags.find((tag) => tag.key === key)?.value;
  if (key === 'name') return experiment.name;
  if (key === 'experiment_id') return experiment.id;
  return key === 'creation_time' ? experiment.createdAt : experiment.changedAt;
}
